using System.Collections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Conversion;

/// <summary>
/// The members of one thing that a user wrote as a hashtable or an object. Names are compared without regard to case and underscores:
/// <c>tool_call_id</c> is <c>ToolCallId</c>. What nobody asks for is told at the end.
/// </summary>
internal sealed class Members
{
    private readonly Dictionary<string, (string Name, object? Value)> _left = new(StringComparer.Ordinal);
    private readonly string _where;

    /// <summary>Takes the members.</summary>
    /// <param name="source">The plain members.</param>
    /// <param name="where">Where the thing stands, for the error.</param>
    /// <exception cref="ChatServiceException">Two of them are the same, with different values.</exception>
    public Members(IReadOnlyDictionary<string, object?> source, string where)
    {
        _where = where;
        foreach (KeyValuePair<string, object?> member in source)
        {
            string key = Key(member.Key);
            if (!_left.TryGetValue(key, out (string Name, object? Value) known) || IsEmpty(known.Value))
            {
                _left[key] = (member.Key, member.Value);
            }
            else if (!IsEmpty(member.Value) && !Equals(member.Value, known.Value))
            {
                throw Failures.Invalid($"{where}: '{known.Name}' and '{member.Key}' are the same member and say different things.", "Leave out one of the two.");
            }
        }
    }

    /// <summary>Takes a member.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value; null where there is none.</returns>
    public object? Take(string name)
    {
        string key = Key(name);
        object? value = _left.TryGetValue(key, out (string Name, object? Value) member) ? member.Value : null;
        _left.Remove(key);
        return value;
    }

    /// <summary>Takes a member that is text. A number is its digits, and a structure its JSON.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The text; null where there is none.</returns>
    public string? TakeText(string name) => Text(Take(name), _where);

    /// <summary>Takes a member that has members of its own.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its members; null where there is none.</returns>
    /// <exception cref="ChatServiceException">It is something else.</exception>
    public Members? TakeMembers(string name) => Take(name) switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> inner => new Members(inner, $"{_where}.{name}"),
        var other => throw Failures.Invalid($"{_where}: {name} is '{Text(other, _where)}', where a hashtable is needed.", $"Write {name} = @{{ … }}."),
    };

    /// <summary>Says what is left over and holds something.</summary>
    /// <param name="what">What the thing is.</param>
    /// <param name="advice">What it may have.</param>
    /// <exception cref="ChatServiceException">There is such a member: it would be lost.</exception>
    public void RefuseRest(string what, string advice)
    {
        foreach ((string name, object? value) in _left.Values)
        {
            if (!IsEmpty(value))
            {
                throw Failures.Invalid($"{_where}: {what} has no '{name}'.", advice);
            }
        }
    }

    /// <summary>Writes a plain value as text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <returns>The text; null for null.</returns>
    public static string? Text(object? value, string where) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        IEnumerable structure => PlainJson.Write(structure, where),
        _ => PlainObject.Text(value),
    };

    private static bool IsEmpty(object? value) => value is null or "" or ICollection { Count: 0 };

    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
