using System.Globalization;

namespace ChatPS.Client.Schemas;

/// <summary>
/// The form of a schema that services take in strict mode. They refuse what they cannot hold a model to, lengths and some formats
/// among it; that is told to the model in the description instead, and checked when the answer is there.
/// </summary>
public static class StrictSchema
{
    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    /// <summary>Makes the strict form.</summary>
    /// <param name="schema">The whole schema.</param>
    /// <returns>A copy without what is refused.</returns>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> schema) => SchemaWords.Tell(schema, Words);

    private static string? Words(string keyword, object? value) => keyword switch
    {
        "minLength" => Said("at least", value, "characters"),
        "maxLength" => Said("at most", value, "characters"),
        "uniqueItems" => value is true ? "each item once" : null,
        "contentEncoding" => "encoded as " + value,
        "format" => value is string format && Array.IndexOf(Formats, format) < 0 ? "format: " + format : null,
        _ => null,
    };

    private static string Said(string bound, object? value, string things) => $"{bound} {Convert.ToString(value, CultureInfo.InvariantCulture)} {things}";
}
