using System.Globalization;

namespace ChatPS.Client;

/// <summary>How long a service asks to wait.</summary>
internal static class RetryAfter
{
    /// <summary>Reads <c>retry-after-ms</c> (milliseconds), else <c>Retry-After</c> (seconds or a date).</summary>
    /// <param name="response">The answer.</param>
    /// <param name="time">The clock that a date is compared with.</param>
    /// <returns>The wait, never negative; null where the service says nothing.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time) => Read(response.Headers, time);

    public static TimeSpan? Read(System.Net.Http.Headers.HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out IEnumerable<string>? values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds)
            && milliseconds is >= 0 and < int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        TimeSpan? wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
