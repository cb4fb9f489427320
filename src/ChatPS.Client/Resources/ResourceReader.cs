using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Resources;

/// <summary>Reads what a service tells of a resource: members that may be missing, or of another kind than described.</summary>
/// <param name="Json">The JSON.</param>
/// <param name="Place">Which resource was asked for.</param>
/// <param name="Call">The call that brought it. A secret that a service repeats is masked wherever it stands.</param>
internal readonly record struct ResourceReader(JsonElement Json, ResourcePlace Place, CallContext Call)
{
    /// <summary>Gets the name of the connection.</summary>
    public string Connection => Call.ConnectionName;

    /// <summary>Gets the whole JSON.</summary>
    public string Raw => Redactor.Redact(Json.GetRawText(), Call.Secrets);

    /// <summary>Reads a text; of a number its digits.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The text; null where there is none.</returns>
    public string? Text(string path) => Find(path) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? Redactor.RedactOptional(JsonText.Read(value), Call.Secrets) : null;

    /// <summary>Reads a whole number, which may be written as text or with a fraction.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The number; null where there is none.</returns>
    public long? Number(string path) => Real(path) is { } number && Math.Abs(number) < 1e15 ? (long)number : null;

    /// <summary>Reads a number, which may be written as text.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The number; null where there is none.</returns>
    public double? Real(string path) => double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null;

    /// <summary>Reads a small whole number.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The number; null where there is none.</returns>
    public int? Count(string path) => Number(path) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>Reads a time in seconds since 1970.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The time in UTC; null where there is none.</returns>
    public DateTimeOffset? Time(string path) => UnixTime.From(Number(path));

    /// <summary>Reads the members of an object as plain values.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The members; empty where there are none.</returns>
    public IReadOnlyDictionary<string, object?> Values(string path)
    {
        Secrets secrets = Call.Secrets;
        return Members(path).ToDictionary(
            member => Redactor.Redact(member.Key, secrets), member => member.Value is string text ? Redactor.Redact(text, secrets) : member.Value, StringComparer.Ordinal);
    }

    /// <summary>Reads the members of an object as texts.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The members; empty where there are none.</returns>
    public IReadOnlyDictionary<string, string> Notes(string path) =>
        Values(path).ToDictionary(member => member.Key, member => Convert.ToString(member.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);

    /// <summary>Joins the texts of a list of pieces.</summary>
    /// <param name="path">The names, with dots between levels.</param>
    /// <returns>The text; empty where there is none.</returns>
    public string Pieces(string path) => Find(path) is { ValueKind: JsonValueKind.Array } pieces
        ? Redactor.Redact(string.Join("\n", pieces.EnumerateArray().Select(piece => piece.TextOf("text")).Where(text => text is not null)), Call.Secrets)
        : "";

    private IEnumerable<KeyValuePair<string, object?>> Members(string path) =>
        Find(path) is { ValueKind: JsonValueKind.Object } value && PlainJsonReader.From(value) is IReadOnlyDictionary<string, object?> members ? members : [];

    private JsonElement? Find(string path)
    {
        JsonElement? at = Json;
        foreach (string name in path.Split('.'))
        {
            at = at is { } here ? JsonText.Member(here, name) : null;
        }

        return at;
    }
}
