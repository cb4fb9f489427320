using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatPS.Api;
using Polly;
using Polly.Retry;

namespace ChatPS.Client;

/// <summary>
/// Sends a request again if it failed for a reason that may pass. It ends at the headers of the answer: from there on text may
/// have reached the user, and a second answer would be another one. A time-out is not tried again either: the service may
/// still be at work, and charge for it.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    /// <summary>Longer waits are the user's to decide: the error says how long.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private const long MostErrorBytes = 1024 * 1024;

    private static readonly ResiliencePropertyKey<CallContext> CallKey = new("call");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(TimeProvider time, Func<double> randomizer)
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

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallContext call = request.GetCall();
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        try
        {
            return await _pipeline.ExecuteAsync(
                static (context, state) => state.Handler.AttemptAsync(state.Request, GetCall(context), context.CancellationToken),
                context,
                (Handler: this, Request: request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallContext GetCall(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private async ValueTask<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        call.BeginAttempt();
        call.Verbose($"{request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)} (attempt {call.Attempts} of {call.MaxRetry + 1})");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        call.RequestId = ResponseHeaders.RequestId(response.Headers);
        call.Verbose($"{(int)response.StatusCode} {response.StatusCode} after {call.Elapsed.TotalMilliseconds:0} ms, request id {call.RequestId ?? "none"}");
        if (!response.IsSuccessStatusCode)
        {
            await BufferAsync(response, cancellationToken);
        }

        return response;
    }

    // Whether to try again can depend on what an error says, and those who read it later have no deadline.
    private static async Task BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string body;
        try
        {
            body = await BodyReader.ReadAsync(response.Content, MostErrorBytes, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            response.Dispose();
            throw;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or WireFormatException)
        {
            // The status is worth more than the rest of the text.
            body = "";
        }

        string type = response.Content.Headers.ContentType?.MediaType ?? "text/plain";
        response.Content.Dispose();
        response.Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) { CharSet = "utf-8" } } };
    }

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
        string reason = arguments.Outcome.Result is { } response
            ? ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : arguments.Outcome.Exception!.Message;
        call.Verbose($"{reason}: trying again in {arguments.RetryDelay.TotalSeconds:0.##} s");
        return default;
    }
}
