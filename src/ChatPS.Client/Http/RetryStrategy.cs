using System.Globalization;
using System.Net;
using ChatPS.Api;
using Polly;
using Polly.Retry;

namespace ChatPS.Client;

/// <summary>When a failed request is sent again, and after what wait.</summary>
internal sealed class RetryStrategy
{
    /// <summary>Longer waits are the user's to decide: the error says how long.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly ResiliencePropertyKey<CallContext> CallKey = new("call");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryStrategy(TimeProvider time, Func<double> randomizer)
    {
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
                DelayGenerator = static arguments => new ValueTask<TimeSpan?>(
                    arguments.Outcome.Result is { } response ? RetryAfter.Read(response.Headers, GetCall(arguments.Context).Time) : null),
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

    private static async ValueTask<bool> ShouldRetryAsync(RetryPredicateArguments<HttpResponseMessage> arguments)
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
                && !ConnectionFaults.IsPermanent(arguments.Outcome.Exception);
        }

        return IsPassing(response)
            && !(RetryAfter.Read(response.Headers, call.Time) > LongestWait)
            && !(response.StatusCode == (HttpStatusCode)429 && await IsOutOfQuotaAsync(response));
    }

    private static bool IsPassing(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("x-should-retry", out IEnumerable<string>? values))
        {
            string verdict = values.First();
            if (verdict is "true" or "false")
            {
                return verdict == "true" && !response.IsSuccessStatusCode;
            }
        }

        int status = (int)response.StatusCode;
        return status is 408 or 409 or 429 || (status >= 500 && status is not 501 and not 505);
    }

    private static async Task<bool> IsOutOfQuotaAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        return ApiError.TryParse(body, out ApiError? error) && FailureMapper.IsOutOfQuota(error);
    }

    private static ValueTask ReportAsync(OnRetryArguments<HttpResponseMessage> arguments)
    {
        CallContext call = GetCall(arguments.Context);
        call.Deadline.Pause();
        call.Waited += arguments.RetryDelay;
        string reason = arguments.Outcome.Result is { } response
            ? ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)
            : arguments.Outcome.Exception!.Message;
        call.Verbose($"{reason}: trying again in {arguments.RetryDelay.TotalSeconds:0.##} s");
        return default;
    }
}
