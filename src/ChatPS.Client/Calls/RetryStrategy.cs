using System.Globalization;
using System.Net;
using ChatPS.Client.Connections;
using Polly;
using Polly.Retry;

namespace ChatPS.Client.Calls;

/// <summary>When a failed request is sent again, and after what wait.</summary>
internal sealed class RetryStrategy
{
    private static readonly ResiliencePropertyKey<CallContext> CallKey = new("call");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    private readonly RetryBudget _budget;

    public RetryStrategy(TimeProvider time, Func<double> randomizer, RetryBudget budget)
    {
        _budget = budget;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = TimeSpan.FromSeconds(30),
                UseJitter = true,
                Randomizer = randomizer,
                ShouldHandle = ShouldRetryAsync,
                DelayGenerator = static arguments => new ValueTask<TimeSpan?>(Delay(arguments.Outcome.Result, GetCall(arguments.Context))),
                OnRetry = ReportAsync,
            })
            .Build();
    }

    /// <summary>Looks at the outcome of the first attempt and makes further ones.</summary>
    /// <param name="call">The call.</param>
    /// <param name="first">The first attempt, which has ended.</param>
    /// <param name="again">Makes another attempt.</param>
    /// <param name="cancellationToken">Ends waits and attempts.</param>
    /// <returns>The outcome of the last attempt.</returns>
    public async Task<HttpResponseMessage> GoOnAsync(
        CallContext call, Task<HttpResponseMessage> first, Func<CancellationToken, Task<HttpResponseMessage>> again, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        Task<HttpResponseMessage>? known = first;
        try
        {
            return await _pipeline.ExecuteAsync(
                context =>
                {
                    Task<HttpResponseMessage> attempt = known ?? again(context.CancellationToken);
                    known = null;
                    return new ValueTask<HttpResponseMessage>(attempt);
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallContext GetCall(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private async ValueTask<bool> ShouldRetryAsync(RetryPredicateArguments<HttpResponseMessage> arguments)
    {
        CallContext call = GetCall(arguments.Context);
        if (call.Attempts > call.MaxRetry || call.Token.IsCancellationRequested)
        {
            return false;
        }

        if (arguments.Outcome.Result is not { } response)
        {
            // A cancellation that nobody asked for is a connection that took too long to come about.
            return arguments.Outcome.Exception is HttpRequestException or IOException or OperationCanceledException
                && !ConnectionFailures.IsPermanent(arguments.Outcome.Exception)
                && (!call.Settings.SendsOnce || ConnectionFailures.IsUnsent(arguments.Outcome.Exception))
                && CanAfford(call);
        }

        return IsPassing(response)
            && (!call.Settings.SendsOnce || IsRefusal(response) || await IsBusyAsync(response, call))
            && !(RetryAfter.Read(response.Headers, call.Time) > RetryAfter.LongestWait)
            && (IsRefusal(response) ? !FailureMapper.IsOutOfQuota((int)response.StatusCode, await response.Content.ReadAsStringAsync(), call.Connection.BaseUri.Host) : CanAfford(call));
    }

    private static bool IsRefusal(HttpResponseMessage response) => response.StatusCode == (HttpStatusCode)429;

    private static async Task<bool> IsBusyAsync(HttpResponseMessage response, CallContext call) =>
        response.StatusCode == HttpStatusCode.ServiceUnavailable
        && (RetryAfter.Read(response.Headers, call.Time) is not null || Refusals.SaysBusy(await response.Content.ReadAsStringAsync()));

    // A service that has too much to do asks all of the connection's requests to wait: the next attempt waits for its turn.
    private static bool IsThrottled(HttpResponseMessage response, TimeSpan? told) =>
        IsRefusal(response) || (response.StatusCode == HttpStatusCode.ServiceUnavailable && told is not null);

    private static TimeSpan? Delay(HttpResponseMessage? response, CallContext call)
    {
        TimeSpan? told = response is null ? null : RetryAfter.Read(response.Headers, call.Time);
        return response is not null && IsThrottled(response, told) ? TimeSpan.Zero : told;
    }

    private bool CanAfford(CallContext call)
    {
        if (_budget.TryTake())
        {
            return true;
        }

        call.HasNoRetryBudget = true;
        call.Verbose($"not tried again: too many requests of this connection fail");
        return false;
    }

    private static bool IsPassing(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("x-should-retry", out IEnumerable<string>? values))
        {
            string shouldRetry = values.First();
            if (shouldRetry is "true" or "false")
            {
                return shouldRetry == "true" && !response.IsSuccessStatusCode;
            }
        }

        int status = (int)response.StatusCode;
        return status is 408 or 409 or 429 || (status >= 500 && status is not 501 and not 505);
    }

    private static ValueTask ReportAsync(OnRetryArguments<HttpResponseMessage> arguments)
    {
        CallContext call = GetCall(arguments.Context);
        string reason = arguments.Outcome.Result is { } response
            ? ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)
            : arguments.Outcome.Exception!.Message;
        string when = arguments.Outcome.Result is { } answer && IsThrottled(answer, RetryAfter.Read(answer.Headers, call.Time))
            ? "as soon as its turn comes"
            : FormattableString.Invariant($"in {arguments.RetryDelay.TotalSeconds:0.##} s");
        call.WaitForRetry(Redactor.Clean(reason, call.Secrets), arguments.RetryDelay);
        call.Verbose($"{reason}: trying again {when}");
        return default;
    }
}
