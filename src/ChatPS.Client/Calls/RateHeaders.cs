using System.Globalization;
using System.Net.Http.Headers;

namespace ChatPS.Client.Calls;

/// <summary>
/// The limits in the headers of an answer: <c>x-ratelimit-…</c> as OpenAI and most gateways send them,
/// <c>anthropic-ratelimit-…</c>, and the plain <c>ratelimit-…</c>.
/// </summary>
internal sealed class RateHeaders
{
    // Beyond that a value is a point in time, in seconds or milliseconds since 1970.
    private const double LeastUnixSeconds = 1e9;
    private const double LeastUnixMilliseconds = 1e12;

    private const string Marker = "ratelimit-";

    private static readonly string[] Prefixes = ["x-ratelimit-", "anthropic-ratelimit-", "ratelimit-"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateTimeOffset _now;

    private RateHeaders(DateTimeOffset now) => _now = now;

    public RateLimit? Requests => Find("requests") ?? Find("");

    public RateLimit? Tokens => Find("tokens");

    public RateLimit? InputTokens => Find("input-tokens");

    /// <summary>Reads the limits.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="time">The clock, for services that tell no time of their own.</param>
    /// <returns>The limits; null where there are none, as with most services.</returns>
    public static RateHeaders? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        RateHeaders? found = null;
#if NET8_0_OR_GREATER
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
#else
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
#endif
        {
            if (header.Key.Contains(Marker, StringComparison.OrdinalIgnoreCase))
            {
                // A reset at a point in time is one of the service's clock.
                found ??= new RateHeaders(headers.Date ?? time.GetUtcNow());
                found._values[header.Key] = header.Value.First();
            }
        }

        return found;
    }

    /// <summary>Reads a length of time such as <c>1s</c>, <c>6m0s</c>, <c>20ms</c> or <c>1h2m3.5s</c>, a number of seconds, or a point in time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time that a point in time is compared with.</param>
    /// <returns>The seconds, never negative; null where the text is something else.</returns>
    internal static double? ReadReset(string text, DateTimeOffset now)
    {
        text = text.Trim();
        double? seconds = Number(text) switch
        {
            { } number when number >= LeastUnixMilliseconds => WholeSecond(number - now.ToUnixTimeMilliseconds(), 1000),
            { } number when number >= LeastUnixSeconds => WholeSecond(number - (now.ToUnixTimeMilliseconds() / 1000.0), 1),
            { } number => number,
            null when text.Length > 0 && char.IsDigit(text[0]) && text.Contains('T', StringComparison.Ordinal) => Point(text, now),
            null => Duration(text),
        };
        return seconds < 0 ? 0 : seconds;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < double.MaxValue ? number : null;

    private static double? Point(string text, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset point) ? WholeSecond((point - now).TotalSeconds, 1) : null;

    // Points in time are cut to the second: the next one is safe.
    private static double WholeSecond(double difference, double unit) => difference <= 0 ? 0 : (difference / unit) + 1;

    private static double? Duration(string text)
    {
        double seconds = 0;
        int at = 0;
        while (at < text.Length)
        {
            int begin = at;
            while (at < text.Length && (char.IsDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            int end = at;
            while (at < text.Length && char.IsLetter(text[at]))
            {
                at++;
            }

            double? unit = text.Substring(end, at - end) switch
            {
                "d" => 86_400,
                "h" => 3_600,
                "m" => 60,
                "s" => 1,
                "ms" => 1e-3,
                "us" or "µs" => 1e-6,
                "ns" => 1e-9,
                _ => null,
            };
            if (Number(text.Substring(begin, end - begin)) is not { } number || unit is not { } factor)
            {
                return null;
            }

            seconds += number * factor;
        }

        return at == 0 ? null : seconds;
    }

    // What cannot be read, has no end, or ends later than anyone waits for says nothing.
    private RateLimit? Find(string what)
    {
        foreach (string prefix in Prefixes)
        {
            string tail = what.Length == 0 ? "" : "-" + what;
            if ((Value(prefix, "remaining", what) ?? Plain(prefix + "remaining" + tail)) is { } left
                && Number(left.Trim()) is { } remaining
                && (Value(prefix, "reset", what) ?? Plain(prefix + "reset" + tail)) is { } end
                && ReadReset(end, _now) is { } reset
                && reset <= RetryAfter.LongestWait.TotalSeconds)
            {
                string? most = Value(prefix, "limit", what) ?? Plain(prefix + "limit" + tail);
                return new RateLimit(most is null ? null : Number(most.Trim()), remaining, reset);
            }
        }

        return null;
    }

    // Anthropic names the thing first.
    private string? Value(string prefix, string part, string what) => what.Length == 0 ? null : Plain(prefix + what + "-" + part);

    private string? Plain(string name) => _values.TryGetValue(name, out string? value) ? value : null;
}
