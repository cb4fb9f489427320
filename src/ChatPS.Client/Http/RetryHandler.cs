using System.Net.Http.Headers;
using System.Text;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>
/// Sends a request again if it failed for a reason that may pass. It ends at the headers of the answer: from there on text may
/// have reached the user, and a second answer would be another one. A time-out is not tried again either: the service may
/// still be at work, and charge for it.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private const long MostErrorBytes = 1024 * 1024;

    private readonly Lazy<RetryStrategy> _strategy;

    public RetryHandler(TimeProvider time, Func<double> randomizer) => _strategy = new Lazy<RetryStrategy>(() => new RetryStrategy(time, randomizer));

    // Most calls succeed at once and never get to know the strategy, which takes time to load.
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallContext call = request.GetCall();
        Task<HttpResponseMessage> first = AttemptAsync(request, call, cancellationToken);
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

        return await _strategy.Value.GoOnAsync(call, first, token => AttemptAsync(request, call, token), cancellationToken);
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        call.BeginAttempt();
        call.Verbose($"{request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)} (attempt {call.Attempts} of {call.MaxRetry + 1})");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        call.HasAnswer = true;
        call.RequestId = ResponseHeaders.RequestId(response.Headers);
        call.Verbose($"{(int)response.StatusCode} {response.StatusCode} after {call.AttemptElapsed.TotalMilliseconds:0} ms, request id {call.RequestId ?? "none"}");
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
}
