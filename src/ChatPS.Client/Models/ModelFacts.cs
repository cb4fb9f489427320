using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Models;

/// <summary>
/// Reads what lists of models tell beyond name and owner: ends, limits, abilities. Each service has words of its own and leaves most of
/// it out, so that what is missing, null or of another kind is not told.
/// </summary>
/// <param name="members">The members of the model that have no property of their own; null for none.</param>
/// <param name="secrets">What must not be shown.</param>
internal sealed class ModelFacts(IReadOnlyDictionary<string, JsonElement>? members, Secrets secrets)
{
    private const int Deepest = 8;

    /// <summary>Reads on within a member.</summary>
    /// <param name="name">The member.</param>
    /// <returns>What stands there; nothing where it is no object.</returns>
    public ModelFacts Within(string name) =>
        new(Find(JsonValueKind.Object, [name])?.EnumerateObject().GroupBy(member => JsonText.Name(member) ?? "", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal), secrets);

    /// <summary>Reads a text.</summary>
    /// <param name="names">Where it may stand; the first that is there counts.</param>
    /// <returns>The text; null where there is none.</returns>
    public string? Text(params string[] names) =>
        Find(JsonValueKind.String, names) is { } found && JsonText.Read(found) is { Length: > 0 } text ? Name(text, secrets) : null;

    /// <summary>Makes a name of what a service calls something: such a name is printed alone, and steers no terminal.</summary>
    /// <param name="text">What the service wrote.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <returns>The name on one line; null where there is none.</returns>
    public static string? Name(string? text, Secrets secrets) => text is null ? null : Printable.Line(Redactor.Redact(text, secrets));

    /// <summary>Reads a number of tokens.</summary>
    /// <param name="names">Where it may stand; the first that is there counts.</param>
    /// <returns>The number; null where there is none above 0.</returns>
    public long? Tokens(params string[] names) =>
        Find(JsonValueKind.Number, names) is { } found && found.TryGetDouble(out double tokens) && tokens is >= 1 and < long.MaxValue ? (long)tokens : null;

    /// <summary>Reads a time: a date, a time, or seconds since 1970.</summary>
    /// <param name="names">Where it may stand; the first that is there counts.</param>
    /// <returns>The time in UTC; null where there is none.</returns>
    public DateTimeOffset? Time(params string[] names) =>
        Find(JsonValueKind.String, names) is { } text ? Time(JsonText.Read(text))
        : Find(JsonValueKind.Number, names) is { } number && number.TryGetInt64(out long seconds) ? UnixTime.From(seconds)
        : null;

    /// <summary>Reads a time.</summary>
    /// <param name="text">A date, which begins at midnight UTC, or a time.</param>
    /// <returns>The time in UTC; null where the text is none.</returns>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>Reads what a model can do.</summary>
    /// <param name="names">Where it may stand: lists of words, objects of what is supported, or <c>true</c>; all that are there count.</param>
    /// <returns>The words, with dots between levels; null where nothing is told.</returns>
    public string[]? Words(params string[] names)
    {
        List<string>? words = null;
        foreach (string name in names)
        {
            if (members is not null && members.TryGetValue(name, out JsonElement told) && told.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True)
            {
                words ??= [];
                Collect(told, told.ValueKind == JsonValueKind.True ? name : "", words, Deepest);
            }
        }

        return words is null ? null : [.. words.Select(word => Name(word, secrets)!).Distinct(StringComparer.Ordinal)];
    }

    private static void Collect(JsonElement told, string path, List<string> words, int depth)
    {
        if (told.ValueKind == JsonValueKind.True)
        {
            words.Add(path);
        }
        else if (told.ValueKind == JsonValueKind.Array)
        {
            words.AddRange(told.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => Join(path, JsonText.Read(word)!)));
        }
        else if (told.ValueKind == JsonValueKind.Object && depth > 0 && JsonText.Member(told, "supported") is not { ValueKind: JsonValueKind.False })
        {
            foreach (JsonProperty member in told.EnumerateObject())
            {
                // "supported" speaks of what it stands in, and "types" only groups.
                string name = JsonText.Name(member) ?? "";
                Collect(member.Value, name is "" or "supported" or "types" ? path : Join(path, name), words, depth - 1);
            }
        }
    }

    private static string Join(string path, string word) => path.Length == 0 ? word : $"{path}.{word}";

    private JsonElement? Find(JsonValueKind kind, string[] names)
    {
        foreach (string name in names)
        {
            if (members is not null && members.TryGetValue(name, out JsonElement value) && value.ValueKind == kind)
            {
                return value;
            }
        }

        return null;
    }
}
