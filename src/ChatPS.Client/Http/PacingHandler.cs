using System.Threading.RateLimiting;

namespace ChatPS.Client;

/// <summary>The outermost handler: lets no more requests start in a minute than the connection allows.</summary>
internal sealed class PacingHandler(RateLimiter limiter) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.GetCall().Deadline.Pause();
        using (RateLimitLease lease = await limiter.AcquireAsync(1, cancellationToken))
        {
            if (!lease.IsAcquired)
            {
                throw new ObjectDisposedException(nameof(ServiceConnection));
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Spreads the requests evenly: the service counts in windows of its own, so bursts would be refused.</summary>
    /// <param name="requestsPerMinute">How many requests may start in a minute.</param>
    /// <returns>The limiter, shared by all calls of a connection.</returns>
    public static RateLimiter CreateLimiter(int requestsPerMinute) => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Math.Max(1, requestsPerMinute / 60),
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1.0 / requestsPerMinute),
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
