using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>A variable of the caller's that collects what is unsure, as <c>-ErrorVariable</c> collects errors: with a plus before its name it keeps what it holds.</summary>
internal sealed class UnsureList
{
    private static readonly Regex Name = new(@"^\+?((global|script|local|private):)?(?<name>[\p{L}_][\p{L}\p{Nd}_]*)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    // PowerShell lets these be set, and then uses them itself. Those that are read-only tell so.
    private static readonly HashSet<string> OfPowerShell = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "args", "ConsoleFileName", "EnabledExperimentalFeatures", "Error", "ErrorView", "Event", "EventArgs", "EventSubscriber", "false", "foreach", "FormatEnumerationLimit", "input",
        "LASTEXITCODE", "Matches", "MaximumHistoryCount", "MyInvocation", "NestedPromptLevel", "null", "OFS", "OutputEncoding", "PROFILE", "PSBoundParameters", "PSCmdlet",
        "PSCommandPath", "PSDebugContext", "PSDefaultParameterValues", "PSEmailServer", "PSItem", "PSNativeCommandArgumentPassing", "PSNativeCommandUseErrorActionPreference",
        "PSScriptRoot", "PSSenderInfo", "PSSessionApplicationName", "PSSessionConfigurationName", "PSSessionOption", "PSStyle", "PWD", "Sender", "SourceArgs", "SourceEventArgs",
        "StackTrace", "switch", "this", "Transcript", "true",
    };

    private readonly ArrayList _unsure;

    private UnsureList(ArrayList unsure) => _unsure = unsure;

    /// <summary>Sets the variable, before anything is asked: afterwards it holds nothing of an earlier run.</summary>
    /// <param name="variables">The variables of the caller.</param>
    /// <param name="given">The name, perhaps with a plus before it.</param>
    /// <returns>What takes the objects, on the pipeline's thread.</returns>
    /// <exception cref="ChatServiceException">It is no name, or that of a variable that cannot hold a list.</exception>
    public static UnsureList Begin(PSVariableIntrinsics variables, string given)
    {
        Match match = Name.Match(given);
        if (!match.Success)
        {
            throw Refused(given, "which is no name of a variable of yours");
        }

        string own = match.Groups["name"].Value;
        if (OfPowerShell.Contains(own) || own.EndsWith("Preference", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(given, "a variable that PowerShell uses itself");
        }

        bool appends = given[0] == '+';
        string name = appends ? given.Substring(1) : given;
        object? there = variables.GetValue(name);
        ArrayList unsure = !appends ? [] : there switch
        {
            null => [],
            ArrayList { IsFixedSize: false } list => list,
            IEnumerable items and not (string or IDictionary) => [.. items],
            _ => [there],
        };
        Set(variables, name, unsure, there, given);
        return new UnsureList(unsure);
    }

    /// <summary>Takes an object.</summary>
    /// <param name="unsure">The object.</param>
    public void Add(object unsure) => _unsure.Add(unsure);

    // A variable may be read-only, or have a type that makes something else of a list: what is unsure would be lost.
    private static void Set(PSVariableIntrinsics variables, string name, ArrayList unsure, object? before, string given)
    {
        try
        {
            variables.Set(name, unsure);
            if (ReferenceEquals(Unwrapped(variables.GetValue(name)), unsure))
            {
                return;
            }

            variables.Set(name, before);
        }
        catch (RuntimeException)
        {
            // It is said below.
        }

        throw Refused(given, "a variable that cannot be set to a list: it is read-only, or has a type of its own");
    }

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static ChatServiceException Refused(string given, string why) => Failures.Invalid(
        $"-UnsureVariable is '{given}', {why}.", "Give a name without the dollar sign, such as -UnsureVariable unsure; global:, script:, local: or private: may stand before it.");
}
