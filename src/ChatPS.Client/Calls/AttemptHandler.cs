using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Calls;

/// <summary>Makes one attempt: waits for its turn, sends it, and lets the pacer and the retry budget know how it went.</summary>
internal sealed class AttemptHandler(Pacer pacer, RetryBudget budget) : DelegatingHandler
{
    private const long MostErrorBytes = 1024 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallContext call = request.GetCall();
        Task<HttpResponseMessage> attempt = AttemptAsync(request, call, cancellationToken);
        return call.Connection.Key is { CanRenew: true } ? RenewAsync(attempt, request, call, cancellationToken) : attempt;
    }

    private async Task<HttpResponseMessage> RenewAsync(Task<HttpResponseMessage> attempt, HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await attempt;
        if (response.StatusCode != HttpStatusCode.Unauthorized || !call.TryRenewKey())
        {
            return response;
        }

        response.Dispose();
        return await AttemptAsync(request, call, cancellationToken);
    }

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        Turn turn;
        try
        {
            // The bytes of a file say nothing about its tokens.
            int tokens = request.Content is MultipartContent or FileBody ? 1 : TokenEstimate.FromBytes(request.Content?.Headers.ContentLength ?? 0);
            turn = await pacer.TakeTurnAsync(tokens, call.WaitForTurn, cancellationToken);
        }
        catch (PausedException pause)
        {
            throw FailureMapper.Paused(call, pause.Wait);
        }

        call.BeginAttempt(turn);
        HttpResponseMessage response;
        bool isOutOfQuota;
        try
        {
            await CallerHeaders.AddAsync(request, call, cancellationToken);
            if (call.IsVerbose)
            {
                call.Verbose($"{request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)} (attempt {call.Attempts} of {call.MaxRetry + 1}){Details(request, call)}");
            }

            if (call.Notes is { } notes)
            {
                notes.Endpoint = $"{request.Method} {request.RequestUri?.AbsolutePath}";
            }

            if (call.IsDebug)
            {
                await CallBodies.ShowAsync(request, call);
            }

            response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 400)
            {
                response = await FollowAsync(request, response, call, cancellationToken);
            }

            Receive(response, call);
            isOutOfQuota = !response.IsSuccessStatusCode && Examine(response, await BufferAsync(response, cancellationToken), call);
        }
        catch
        {
            pacer.Failed(turn);
            throw;
        }

        pacer.Answered(turn, (int)response.StatusCode, response.Headers, isOutOfQuota);
        if (response.IsSuccessStatusCode)
        {
            budget.Succeeded();
        }

        return response;
    }

    private static string Details(HttpRequestMessage request, CallContext call) =>
        (call.Model is { Length: > 0 } model ? $", model {model}" : "") + (request.Content?.Headers.ContentLength is { } size ? FormattableString.Invariant($", {size} bytes") : "");

    private static void Receive(HttpResponseMessage response, CallContext call)
    {
        if (response.Content is { } content)
        {
            response.Content = new AnswerContent(content, call.Connection.MaxResponseBytes, call.Token);
        }

        call.AnswerStatus = (int)response.StatusCode;
        call.RequestId = ResponseHeaders.RequestId(response.Headers);
        if (call.IsVerbose)
        {
            call.Verbose($"{(int)response.StatusCode} {response.StatusCode} after {call.AttemptElapsed.TotalMilliseconds:0} ms, request id {call.RequestId ?? "none"}{(call.Waited > TimeSpan.FromMilliseconds(100) ? FormattableString.Invariant($", {call.Waited.TotalSeconds:0.##} s of waiting before") : "")}");
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, HttpResponseMessage response, CallContext call, CancellationToken cancellationToken)
    {
        Uri address = request.RequestUri!;
        try
        {
            for (int hops = 0; Redirect.Next(request, response) is { } target; hops++)
            {
                response.Dispose();
                if (hops == Redirect.MostHops)
                {
                    throw FailureMapper.Circling(call, target);
                }

                call.Verbose($"{(int)response.StatusCode}: going on to {target.GetLeftPart(UriPartial.Path)}");
                request.RequestUri = target;
                response = await base.SendAsync(request, cancellationToken);
            }

            return response;
        }
        finally
        {
            // The next attempt starts where this one did.
            request.RequestUri = address;
        }
    }

    // Whoever looks for a wait looks at the headers; some services write it into the error only.
    private static bool Examine(HttpResponseMessage response, string body, CallContext call)
    {
        if (call.IsDebug)
        {
            CallBodies.Show("the error", body, call);
        }

        if (ApiError.TryParse(body, out ApiError? error) && error.RetryDelay is { } delay && !response.Headers.Contains("Retry-After"))
        {
            response.Headers.TryAddWithoutValidation("Retry-After", delay.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        return FailureMapper.IsOutOfQuota((int)response.StatusCode, body, call.Connection.BaseUri.Host);
    }

    // What comes next can depend on what an error says, and those who read it later have no deadline.
    private static async Task<string> BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
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
        catch (Exception)
        {
            // The status is worth more than the rest of the text.
            body = "";
        }

        string type = response.Content.Headers.ContentType?.MediaType ?? "text/plain";
        response.Content.Dispose();
        response.Content = new StringContent(body, Encoding.UTF8) { Headers = { ContentType = new MediaTypeHeaderValue(type) { CharSet = "utf-8" } } };
        return body;
    }
}
