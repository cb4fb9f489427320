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
        TimeSpan pause = FirstPause;
        call.Rest();
        try
        {
            while (ResponseReader.IsUnderWay(response))
            {
                call.Verbose($"{id} is {response.Status}; looking again in {pause.TotalSeconds:0.#} s");
                await PauseAsync(pause, call);
                response = await SendAsync(connection, id, settings, (api, look, token) => api.GetAsync(id, include, settings.Headers(), settings.Query(), look, token), cancellationToken);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks));
            }

            return response;
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

#if NET8_0_OR_GREATER
    private static Task PauseAsync(TimeSpan pause, CallContext call) => Task.Delay(pause, call.Time, call.Token);
#else
    private static Task PauseAsync(TimeSpan pause, CallContext call) => call.Time.Delay(pause, call.Token);
#endif

    // Nobody waits for the answer any more: it need not be paid for.
    private static async Task StopAsync(ServiceConnection connection, string id, CallSettings settings)
    {
        try
        {
            CallSettings once = settings with { Timeout = StopLimit, MaxRetry = 0 };
            await SendAsync(connection, id, once, (api, stop, token) => api.CancelAsync(id, once.Headers(), once.Query(), stop, token), CancellationToken.None);
        }
        catch (ChatServiceException failure)
        {
            settings.Verbose?.Invoke($"{id} could not be stopped: {failure.Message}");
        }
    }

    private static async Task<Response> SendAsync(
        ServiceConnection connection,
        string id,
        CallSettings settings,
        Func<IResponsesApi, CallContext, CancellationToken, Task<Refit.IApiResponse<Response>>> send,
        CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        using CallContext call = connection.Begin(settings, cancellationToken);
        Response response = await connection.CallAsync(call, token => send(connection.Client<IResponsesApi>(), call, token));
        call.Succeed(model: null);
        return response;
    }
}
