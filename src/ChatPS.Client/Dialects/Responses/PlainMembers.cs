namespace ChatPS.Client.Dialects.Responses;

/// <summary>The members of a JSON object as plain values.</summary>
internal static class PlainMembers
{
    /// <summary>Puts members together, without those that are null.</summary>
    /// <param name="members">Names and values.</param>
    /// <returns>The object.</returns>
    public static Dictionary<string, object?> Of(params (string Name, object? Value)[] members) =>
        members.Where(member => member.Value is not null).ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    public static object? Get(this IReadOnlyDictionary<string, object?> members, string name) => members.TryGetValue(name, out object? value) ? value : null;
}
