using System.Globalization;
using System.Net.Http.Headers;

namespace ChatPS.Client.Calls;

/// <summary>How long a service asks to wait before the next look at what it is at work on.</summary>
internal static class PollAfter
{
    /// <summary>Reads it. OpenAI has a header of its own for it; others ask for it as for any other pause.</summary>
    /// <param name="headers">The headers of the last look; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The pause; null where the service says nothing.</returns>
    public static TimeSpan? Read(HttpResponseHeaders? headers, TimeProvider time) => headers is null ? null
        : headers.TryGetValues("openai-poll-after-ms", out IEnumerable<string>? values) && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds is >= 0 and < int.MaxValue
            ? TimeSpan.FromMilliseconds(milliseconds)
            : RetryAfter.Read(headers, time);
}
