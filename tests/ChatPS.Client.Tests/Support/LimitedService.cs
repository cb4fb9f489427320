using System.Net;

namespace ChatPS.Client.Tests;

/// <summary>How a made-up service counts.</summary>
internal enum Counting
{
    /// <summary>A full count every minute.</summary>
    FixedWindow,

    /// <summary>A full minute's worth at first, which fills up again evenly.</summary>
    TokenBucket,
}

/// <summary>What a made-up service tells about its limit.</summary>
internal enum Hint
{
    None,
    RetryAfter,
    Headers,
}

/// <summary>Answers so many requests a minute and refuses the others, in the time of a clock that stands still until it is advanced.</summary>
internal sealed class LimitedService(FakeTime time, Counting counting, Hint hint, TimeSpan latency, TimeSpan refusalLatency) : HttpMessageHandler
{
    private const double Limit = 60;

    private readonly Lock _lock = new();
    private readonly Random _random = new(7);
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private DateTimeOffset _counted = time.GetUtcNow();
    private double _left = Limit;
    private int _pending;
    private int _received;

    public int Pending => Volatile.Read(ref _pending);

    public int Received => Volatile.Read(ref _received);

    public int Refused { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            HttpResponseMessage response = Answer();
            TimeSpan wait = response.IsSuccessStatusCode ? latency * (0.5 + _random.NextDouble()) : refusalLatency;
            TaskCompletionSource<HttpResponseMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            time.CreateTimer(
                _ =>
                {
                    Interlocked.Decrement(ref _pending);
                    answer.SetResult(response);
                },
                null,
                wait,
                Timeout.InfiniteTimeSpan);
            Interlocked.Increment(ref _pending);
            return answer.Task;
        }
    }

    private HttpResponseMessage Answer()
    {
        Interlocked.Increment(ref _received);
        DateTimeOffset now = time.GetUtcNow();
        if (counting == Counting.TokenBucket)
        {
            _left = Math.Min(Limit, _left + ((now - _counted).TotalMinutes * Limit));
            _counted = now;
        }
        else if (Math.Floor((now - _start).TotalMinutes) > Math.Floor((_counted - _start).TotalMinutes))
        {
            _left = Limit;
            _counted = now;
        }

        bool isRefused = _left < 1;
        HttpResponseMessage response = new(isRefused ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK) { Content = new StringContent("") };
        if (isRefused)
        {
            Refused++;
        }
        else
        {
            _left--;
        }

        TimeSpan windowEnd = TimeSpan.FromMinutes(1 - ((now - _start).TotalMinutes % 1));
        if (hint == Hint.RetryAfter && isRefused)
        {
            double seconds = counting == Counting.TokenBucket ? (1 - _left) * 60 / Limit : windowEnd.TotalSeconds;
            response.Headers.TryAddWithoutValidation("Retry-After", Math.Ceiling(seconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (hint == Hint.Headers)
        {
            double seconds = counting == Counting.TokenBucket ? (Limit - _left) * 60 / Limit : windowEnd.TotalSeconds;
            response.Headers.TryAddWithoutValidation("x-ratelimit-limit-requests", FormattableString.Invariant($"{Limit}"));
            response.Headers.TryAddWithoutValidation("x-ratelimit-remaining-requests", FormattableString.Invariant($"{Math.Floor(_left)}"));
            response.Headers.TryAddWithoutValidation("x-ratelimit-reset-requests", FormattableString.Invariant($"{Math.Floor(seconds / 60)}m{seconds % 60:0.######}s"));
        }

        return response;
    }
}
