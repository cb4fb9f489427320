using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>A variable of the caller's that collects what is unsure, as <c>-ErrorVariable</c> collects errors: with a plus before its name it keeps what it holds.</summary>
internal sealed class UnsureList
{
    private readonly ArrayList _unsure;

    private UnsureList(ArrayList unsure) => _unsure = unsure;

    /// <summary>Sets the variable, before anything is asked: afterwards it holds nothing of an earlier run.</summary>
    /// <param name="variables">The variables of the caller.</param>
    /// <param name="given">The name, perhaps with a plus before it.</param>
    /// <returns>What takes the objects, on the pipeline's thread.</returns>
    /// <exception cref="ChatServiceException">It is no name.</exception>
    public static UnsureList Begin(PSVariableIntrinsics variables, string given)
    {
        bool appends = given.StartsWith("+", StringComparison.Ordinal);
        string name = appends ? given.Substring(1) : given;
        if (name.Trim().Length == 0 || name.StartsWith("$", StringComparison.Ordinal))
        {
            throw Failures.Invalid($"-UnsureVariable is '{given}', which is no name of a variable.", "Give the name without the dollar sign, for example -UnsureVariable unsure.");
        }

        object? there = appends ? variables.GetValue(name) : null;
        ArrayList unsure = there switch
        {
            null => [],
            ArrayList list => list,
            IEnumerable items and not string => [.. items],
            _ => [there],
        };
        variables.Set(name, unsure);
        return new UnsureList(unsure);
    }

    /// <summary>Takes an object.</summary>
    /// <param name="unsure">The object.</param>
    public void Add(object unsure) => _unsure.Add(unsure);
}
