using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>The members of a question, an option or a level that came as a hashtable or an object. What nobody asks for is told at the end.</summary>
internal sealed class QuestionMembers
{
    private readonly Dictionary<string, object?> _left = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _where;

    private QuestionMembers(string where) => _where = where;

    /// <summary>Looks whether a value has members.</summary>
    /// <param name="value">The value.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <returns>The members; null where it is a single value or a list.</returns>
    public static QuestionMembers? Of(object? value, string where)
    {
        object? bare = Bare.Of(value);
        if (bare is not (IDictionary or PSObject or ChatQuestion or ChatQuestionOption or ChatQuestionLevel))
        {
            return null;
        }

        QuestionMembers members = new(where);
        foreach ((string name, object? member) in Entries(value))
        {
            members._left[name] = member;
        }

        if (bare is not IDictionary)
        {
            members.LeaveOutEmpty();
        }

        return members;
    }

    /// <summary>Goes through a table or an object in its order.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Names and values.</returns>
    public static IEnumerable<(string Name, object? Value)> Entries(object? value) => Bare.Of(value) is IDictionary table
        ? PlainObject.Entries(table).Select(entry => (PlainObject.Text(entry.Key), entry.Value))
        : PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable).Select(property => (property.Name, (object?)property.Value));

    /// <summary>Takes a member.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="names">Its names, of which one is expected.</param>
    /// <returns>Whether there is such a member.</returns>
    public bool TryTake(out object? value, params string[] names)
    {
        value = null;
        string? name = Array.Find(names, _left.ContainsKey);
        if (name is null)
        {
            return false;
        }

        value = _left[name];
        _left.Remove(name);
        return true;
    }

    /// <summary>Takes a member that is text.</summary>
    /// <param name="names">Its names.</param>
    /// <returns>The text without blanks at its ends; null where there is none, or it is empty.</returns>
    public string? TakeText(params string[] names) => TryTake(out object? value, names) && PlainObject.Text(value).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Takes a member that is a number.</summary>
    /// <typeparam name="T">The kind of number.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>The number; null where there is none.</returns>
    /// <exception cref="ChatServiceException">It is something else.</exception>
    public T? TakeNumber<T>(string name)
        where T : struct => !TryTake(out object? value, name) || PlainObject.IsNull(value) ? null : QuestionNumber.Read<T>(value, $"{_where}: {name}");

    /// <summary>Refuses what is left over.</summary>
    /// <param name="what">What the thing is.</param>
    /// <param name="known">What it may have.</param>
    /// <exception cref="ChatServiceException">There is something: it would be lost.</exception>
    public void RefuseRest(string what, string known)
    {
        if (_left.Count > 0)
        {
            throw Failures.Invalid($"{_where}: {what} has no '{_left.Keys.First()}', or has it already.", $"It may have {known}.");
        }
    }

    // An object of ours has all members, those that say nothing among them, and so have the rows of a CSV file.
    private void LeaveOutEmpty()
    {
        foreach (string name in _left.Where(member => PlainObject.IsNull(member.Value) || (Bare.Of(member.Value) is string text && string.IsNullOrWhiteSpace(text)) || Bare.Of(member.Value) is ICollection { Count: 0 }).Select(member => member.Key).ToArray())
        {
            _left.Remove(name);
        }
    }
}
