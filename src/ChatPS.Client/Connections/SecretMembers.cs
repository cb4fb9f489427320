using System.Collections;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>Secrets in what users and services give: members of plain dictionaries and lists that are named like one, at any depth, and text.</summary>
public static class SecretMembers
{
    /// <summary>Finds them.</summary>
    /// <param name="plain">Plain dictionaries, lists and values.</param>
    /// <returns>Names and values.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(object? plain) => plain switch
    {
        string => [],
        IReadOnlyDictionary<string, object?> members => members.SelectMany(member => member.Value switch
        {
            string text when SecretText.IsSecret(member.Key, text) => [new KeyValuePair<string, string>(member.Key, text)],
            IEnumerable items and not IReadOnlyDictionary<string, object?> when SecretNames.IsMember(member.Key) =>
                items.OfType<string>().Select(text => new KeyValuePair<string, string>(member.Key, text)),
            _ => Of(member.Value),
        }),
        IEnumerable items => items.Cast<object?>().SelectMany(Of),
        _ => [],
    };

    /// <summary>Masks what looks like a secret in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What may be shown.</returns>
    public static string Mask(string text) => SecretText.Mask(text);

    /// <summary>Masks well-known keys in a text, and nothing else.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <returns>What may be shown.</returns>
    public static string? MaskKeys(string? text) => text is null ? null : KeyShapes.Mask(text);

    /// <summary>Makes a copy of headers or query fields that has something else in the place of secrets.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="secrets">Values that are secrets whatever the field is called.</param>
    /// <param name="replace">Takes a value, and gives what stands there instead.</param>
    /// <returns>The copy.</returns>
    public static Dictionary<string, string> ReplaceFields(IReadOnlyDictionary<string, string> fields, IReadOnlyCollection<string> secrets, Func<string, string> replace) => fields.ToDictionary(
        field => field.Key, field => secrets.Contains(field.Value, StringComparer.Ordinal) || SecretNames.IsField(field.Key) || SecretText.Mask(field.Value) != field.Value ? replace(field.Value) : field.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a copy that has something else in their place.</summary>
    /// <param name="plain">Plain dictionaries, lists and values.</param>
    /// <param name="replace">Takes a name and a value, and gives what stands there instead; null leaves the member out.</param>
    /// <returns>The copy.</returns>
    public static object? Replace(object? plain, Func<string, string, string?> replace)
    {
        switch (plain)
        {
            case null or string:
                return plain;
            case IReadOnlyDictionary<string, object?> members:
                Dictionary<string, object?> copy = new(StringComparer.Ordinal);
                foreach (KeyValuePair<string, object?> member in members)
                {
                    if (member.Value is not string text || !SecretText.IsSecret(member.Key, text))
                    {
                        copy[member.Key] = SecretNames.IsMember(member.Key) && member.Value is IEnumerable and not string and not IReadOnlyDictionary<string, object?>
                            ? ((IEnumerable)member.Value).Cast<object?>().Select(item => item is string one ? replace(member.Key, one) : Replace(item, replace)).ToList()
                            : Replace(member.Value, replace);
                    }
                    else if (replace(member.Key, text) is { } other)
                    {
                        copy[member.Key] = other;
                    }
                }

                return copy;
            case IEnumerable items and not byte[]:
                return items.Cast<object?>().Select(item => Replace(item, replace)).ToList();
            default:
                return plain;
        }
    }
}
