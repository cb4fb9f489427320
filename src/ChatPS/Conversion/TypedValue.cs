using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>An object of the service that says of what type it is. A text is short for one that has nothing but a type.</summary>
internal static class TypedValue
{
    /// <summary>Reads one.</summary>
    /// <param name="value">A hashtable, or a type.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <param name="example">What one looks like, for the error.</param>
    /// <returns>Its members.</returns>
    /// <exception cref="ChatServiceException">It is no such object.</exception>
    public static IReadOnlyDictionary<string, object?> Of(object value, string parameter, string example) => PlainObject.From(value, parameter) switch
    {
        string { Length: > 0 } type => new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = type },
        IReadOnlyDictionary<string, object?> members when members.TryGetValue("type", out object? type) && type is string { Length: > 0 } => members,
        IReadOnlyDictionary<string, object?> => throw Failures.Invalid($"{parameter} has no type.", $"Give it as {example}."),
        _ => throw Failures.Invalid($"{parameter}: '{PlainObject.Text(value)}' is no hashtable.", $"Give it as {example}."),
    };
}
