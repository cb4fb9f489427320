using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatPS.Client.Schemas;

/// <summary>The formats of strings that JSON Schema names.</summary>
/// <remarks>Dates and times may lack their offset: models leave it out, and a time of day without one still means something.</remarks>
internal static class JsonFormats
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly Regex Date = new(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z", Options, Limit);
    private static readonly Regex Time = new(@"\A([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)(\.[0-9]+)?)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?\z", Options, Limit);
    private static readonly Regex Duration = new(@"\A-?P(?=.)([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?)\z", Options, Limit);
    private static readonly Regex Email = new(@"\A[^@\s]+@[^@\s]+\z", Options, Limit);

    /// <summary>Checks a text; a format that is not known allows all.</summary>
    /// <param name="format">The format's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="example">How it would look; null if the format is not known.</param>
    /// <returns>Whether it has the format.</returns>
    public static bool Fits(string format, string text, out string? example)
    {
        (bool fits, example) = format switch
        {
            "date-time" => (IsDateTime(text), "2026-03-01T14:30:00Z"),
            "date" => (IsDate(text), "2026-03-01"),
            "time" => (Time.IsMatch(text), "14:30:00"),
            "duration" => (Duration.IsMatch(text), "P1DT2H30M"),
            "uuid" => (Guid.TryParseExact(text, "D", out _), "123e4567-e89b-12d3-a456-426614174000"),
            "uri" => (Uri.TryCreate(text, UriKind.Absolute, out _) && text.Contains(':', StringComparison.Ordinal), "https://example.com/a"),
            "uri-reference" => (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _), "/a"),
            "email" => (Email.IsMatch(text), "name@example.com"),
            _ => (true, (string?)null),
        };
        return fits;
    }

    private static bool IsDate(string text) =>
        Date.IsMatch(text) && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' or ' ' && IsDate(text.Substring(0, 10)) && Time.IsMatch(text.Substring(11));
}
