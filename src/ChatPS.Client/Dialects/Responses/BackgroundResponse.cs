using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>Waits for a response that the service works on in the background.</summary>
internal static class BackgroundResponse
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Looks at a response until it is done. Whoever gives up the wait stops it at the service.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="response">The response as it began.</param>
    /// <param name="include">The details that are to come with it.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="call">The call that began it.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ChatServiceException">It could not be looked at; the error says how to find it again.</exception>
    public static async Task<Response> WaitAsync(
        ServiceConnection connection, Response response, IReadOnlyList<string>? include, CallSettings settings, CallContext call, CancellationToken cancellationToken)
    {
        string id = response.Id ?? throw new WireFormatException("The response has no id.", response.Raw);
        IResponsesApi api = connection.Client<IResponsesApi>(OpenAIResponsesJsonContext.Default);
        Polling polling = new(call.Time, FirstPause, LongestPause);
        call.Rest();
        try
        {
            return await polling.UntilDoneAsync(
                response,
                seen => IsUnderWay(seen, polling, call),
                _ => SendAsync(connection, id, settings, (look, token) => api.GetAsync(id, include, look, token), cancellationToken),
                call.Token);
        }
        catch (OperationCanceledException exception)
        {
            await StopAsync(connection, id, settings);
            throw FailureMapper.FromException(exception, call);
        }
        catch (ChatServiceException failure)
        {
            throw Failures.WithAdvice(failure, $"The service may still be at work on it: Get-ChatResponse {id} shows what has become of it, Stop-ChatResponse {id} stops it.");
        }
    }

    private static bool IsUnderWay(Response response, Polling polling, CallContext call)
    {
        bool isUnderWay = ResponseAnswerMapper.IsUnderWay(response);
        if (isUnderWay)
        {
            call.Verbose($"{response.Id} is {response.Status}; looking again in {polling.Pause.TotalSeconds:0.#} s");
        }

        return isUnderWay;
    }

    // Nobody waits for the answer any more: it need not be paid for.
    private static async Task StopAsync(ServiceConnection connection, string id, CallSettings settings)
    {
        try
        {
            CallSettings once = settings with { Timeout = StopLimit, MaxRetry = 0 };
            await SendAsync(connection, id, once, (stop, token) => connection.Client<IResponsesApi>(OpenAIResponsesJsonContext.Default).CancelAsync(id, stop, token), CancellationToken.None);
        }
        catch (ChatServiceException failure)
        {
            settings.Verbose?.Invoke($"{id} could not be stopped: {failure.Message}");
        }
    }

    private static Task<Response> SendAsync(
        ServiceConnection connection, string id, CallSettings settings, Func<CallContext, CancellationToken, Task<Refit.IApiResponse<Response>>> send, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return connection.SendAsync(settings, send, static (response, _) => response, cancellationToken);
    }
}
