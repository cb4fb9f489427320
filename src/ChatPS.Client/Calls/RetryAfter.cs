using System.Globalization;
using System.Net.Http.Headers;

namespace ChatPS.Client.Calls;

/// <summary>How long a service asks to wait.</summary>
internal static class RetryAfter
{
    /// <summary>Longer waits are the user's to decide: the error says how long.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private const double Most = int.MaxValue;

    /// <summary>Reads <c>retry-after-ms</c> (milliseconds), else <c>Retry-After</c> (seconds, of which some send fractions, or a date).</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="time">The clock that a date is compared with.</param>
    /// <returns>The wait, never negative; null where the service says nothing.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (Number(headers, "retry-after-ms") is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (Number(headers, "Retry-After") is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        TimeSpan? wait = headers.RetryAfter?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values)
        && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && number is >= 0 and < Most
            ? number
            : null;
}
