using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Xml;

namespace ChatPS.Typed;

/// <summary>A type whose values are one string, number or boolean in JSON.</summary>
/// <param name="Kind">What it is, for errors: "a whole number".</param>
/// <param name="Schema">Makes its schema anew.</param>
/// <param name="Read">Makes the value from a plain one; null if it cannot be made.</param>
internal sealed record Scalar(string Kind, Func<Dictionary<string, object?>> Schema, Func<object, object?> Read)
{
    private static readonly Dictionary<Type, Scalar> Known = new()
    {
        [typeof(string)] = Text("text", text => text),
        [typeof(char)] = Text("one character", text => text.Length == 1 ? text[0] : null, ("minLength", 1), ("maxLength", 1)),
        [typeof(bool)] = new("true or false", () => SchemaParts.Of("boolean"), value => value as bool?),
        [typeof(System.Management.Automation.SwitchParameter)] = new("true or false", () => SchemaParts.Of("boolean"), value => value is bool flag ? new System.Management.Automation.SwitchParameter(flag) : null),
        [typeof(byte)] = Whole(byte.MinValue, byte.MaxValue, number => (byte)number),
        [typeof(sbyte)] = Whole(sbyte.MinValue, sbyte.MaxValue, number => (sbyte)number),
        [typeof(short)] = Whole(short.MinValue, short.MaxValue, number => (short)number),
        [typeof(ushort)] = Whole(ushort.MinValue, ushort.MaxValue, number => (ushort)number),
        [typeof(int)] = Whole(int.MinValue, int.MaxValue, number => (int)number),
        [typeof(uint)] = Whole(uint.MinValue, uint.MaxValue, number => (uint)number),
        [typeof(long)] = new("a whole number", () => SchemaParts.Of("integer"), value => Integer(value) is { } number && number >= long.MinValue && number <= long.MaxValue ? (long)number : null),
        [typeof(ulong)] = new("a whole number", () => SchemaParts.Of("integer", ("minimum", 0)), value => Integer(value) is { } number && number >= 0 && number <= ulong.MaxValue ? (ulong)number : null),
        [typeof(BigInteger)] = new("a whole number", () => SchemaParts.Of("integer"), value => Integer(value)),
        [typeof(float)] = new("a number", () => SchemaParts.Of("number"), value => Real(value) is { } number && Math.Abs(number) <= float.MaxValue ? (float)number : null),
        [typeof(double)] = new("a number", () => SchemaParts.Of("number"), value => Real(value)),
        [typeof(decimal)] = new("a number", () => SchemaParts.Of("number"), value => Exact(value)),
        [typeof(DateTime)] = Text("a date and time", text => Date(text) ?? (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : null), ("format", "date-time")),
        [typeof(DateTimeOffset)] = Text("a date and time", text => Moment(text), ("format", "date-time")),
        [typeof(TimeSpan)] = Text("a duration", text => Duration(text), ("format", "duration")),
        [typeof(Guid)] = Text("a GUID", text => Guid.TryParse(text, out Guid id) ? id : null, ("format", "uuid")),
        [typeof(Uri)] = Text("an address", text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? address) ? address : null, ("format", "uri")),
        [typeof(Version)] = Text("a version", text => Version.TryParse(text, out Version? version) ? version : null, ("pattern", @"^[0-9]+(\.[0-9]+){1,3}$")),
        [typeof(byte[])] = Text("bytes in base64", Base64, ("contentEncoding", "base64")),
        [typeof(IPAddress)] = Text("an IP address", text => IPAddress.TryParse(text, out IPAddress? address) ? address : null, ("description", "An IP address.")),
        [typeof(MailAddress)] = Text("a mail address", Mail, ("format", "email")),
        [typeof(Regex)] = Text("a regular expression", Pattern, ("format", "regex")),
#if NET8_0_OR_GREATER
        [typeof(DateOnly)] = Text("a date", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null, ("format", "date")),
        [typeof(TimeOnly)] = Text("a time of day", text => TimeOfDay(text) is { } time ? TimeOnly.FromTimeSpan(time) : null, ("format", "time")),
#endif
    };

    public static Scalar? Of(Type type) => Known.TryGetValue(type, out Scalar? scalar) ? scalar : null;

    /// <summary>Reads the text of a format that JSON Schema names.</summary>
    /// <param name="format">The format.</param>
    /// <param name="text">The text.</param>
    /// <returns>The value; the text if it is none, or if the format has no type.</returns>
    public static object Formatted(string format, string text) => format switch
    {
        "date-time" => (object?)Moment(text),
        "date" => Date(text),
        "time" => TimeOfDay(text),
        "duration" => Duration(text),
        "uuid" => Guid.TryParse(text, out Guid id) ? id : null,
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : null,
        _ => null,
    } ?? text;

    public static decimal? Exact(object value) => value switch
    {
        decimal number => number,
        int or long => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 7.9e28 => (decimal)number,
        BigInteger number when BigInteger.Abs(number) <= new BigInteger(decimal.MaxValue) => (decimal)number,
        _ => null,
    };

    private static Scalar Text(string kind, Func<string, object?> read, params (string Keyword, object? Value)[] keywords) =>
        new(kind, () => SchemaParts.Of("string", keywords), value => value is string text ? read(text) : null);

    private static Scalar Whole(long least, long most, Func<long, object> read) => new(
        FormattableString.Invariant($"a whole number from {least} to {most}"),
        () => SchemaParts.Of("integer", ("minimum", least), ("maximum", most)),
        value => Integer(value) is { } number && number >= least && number <= most ? read((long)number) : null);

    private static BigInteger? Integer(object value) => value switch
    {
        int number => number,
        long number => number,
        BigInteger number => number,
        decimal number when decimal.Truncate(number) == number => new BigInteger(number),
        double number when Math.Floor(number).Equals(number) => new BigInteger(number),
        _ => null,
    };

    private static double? Real(object value) => value switch
    {
        double number => number,
        BigInteger number => (double)number,
        int or long or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DateTime? Date(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date) ? date : null;

    // A time without an offset is UTC, and not whatever this machine's is.
    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    private static TimeSpan? TimeOfDay(string text)
    {
        int offset = text.IndexOfAny(['Z', 'z', '+', '-']);
        string clock = offset < 0 ? text : text.Substring(0, offset);
        string[] forms = [@"hh\:mm", @"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF"];
        return TimeSpan.TryParseExact(clock, forms, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
    }

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return text.EndsWith('W') && text.StartsWith('P') && int.TryParse(text.Substring(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int weeks)
                ? TimeSpan.FromDays(7d * weeks)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static byte[]? Base64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static MailAddress? Mail(string text)
    {
        try
        {
            return new MailAddress(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Regex? Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.None, TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
