namespace ChatPS.Client.Calls;

/// <summary>
/// Sends a request again if it failed for a reason that may pass. It ends at the headers of the answer:
/// from there on text may have reached the user, and a second answer would be another one. A time-out is not tried again
/// either: the service may still be at work, and charge for it.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly Lazy<RetryStrategy> _strategy;

    public RetryHandler(TimeProvider time, Func<double> randomizer, RetryBudget budget) =>
        _strategy = new Lazy<RetryStrategy>(() => new RetryStrategy(time, randomizer, budget));

    // Most calls succeed at once and never get to know the strategy, which takes time to load.
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallContext call = request.GetCall();
        Task<HttpResponseMessage> first = AttemptAsync(request, cancellationToken);
        if (call.MaxRetry == 0)
        {
            return await first;
        }

        try
        {
            HttpResponseMessage response = await first;
            if (response.IsSuccessStatusCode)
            {
                return response;
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The strategy looks at it.
        }

        return await _strategy.Value.GoOnAsync(call, first, token => AttemptAsync(request, token), cancellationToken);
    }

    private Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);
}
