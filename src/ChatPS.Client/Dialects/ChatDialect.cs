using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Dialects;

/// <summary>A dialect whose answers come whole, or as a stream of events where that is asked for.</summary>
/// <typeparam name="TApi">The Refit interface.</typeparam>
/// <typeparam name="TRequest">The request on the wire.</typeparam>
/// <typeparam name="TResponse">The whole answer on the wire.</typeparam>
/// <typeparam name="TEvent">An event of a stream.</typeparam>
internal abstract class ChatDialect<TApi, TRequest, TResponse, TEvent> : WholeChatDialect<TApi, TRequest, TResponse>, IChatStream
    where TApi : class
    where TRequest : ApiRequest
    where TResponse : ApiResponseBody
    where TEvent : ApiResponseBody
{
    /// <summary>Makes what puts a streamed answer together.</summary>
    /// <param name="request">What was asked.</param>
    /// <returns>An accumulator for one stream.</returns>
    protected abstract IStreamAccumulator<TEvent, ChatCompletionUpdate> Accumulate(ChatRequest request);

    /// <summary>Sends a request for a stream.</summary>
    /// <param name="api">The client.</param>
    /// <param name="body">The request.</param>
    /// <param name="call">The call, which knows the model and the connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which the caller reads.</returns>
    protected abstract Task<HttpResponseMessage> OpenAsync(TApi api, TRequest body, CallContext call, CancellationToken cancellationToken);

    /// <inheritdoc />
    public virtual IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(request.Model);
        TRequest body = Translate(request, model, connection.Settings, settings, stream: true);
        return StreamedAnswer.AskAsync<TResponse, TEvent, ChatCompletionUpdate>(
            connection,
            settings,
            model,
            (call, token) => OpenAsync(connection.Client<TApi>(Answers), body, call, token),
            Answers,
            Accumulate(request),
            (whole, call) => ChatService.Updates(FromWire(whole, request, call)),
            cameWhole,
            cancellationToken);
    }

    /// <inheritdoc />
    public override ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin) => isStream
        ? StreamedAnswer.Replay(raw, Answers, Accumulate(request), origin).Completion!
        : base.Restore(raw, isStream, request, origin);

    /// <inheritdoc />
    protected override ChatCompletion ReadEvents(string body, ChatRequest request, IAnswerOrigin origin)
    {
        IReadOnlyList<ChatCompletionUpdate> updates = StreamedAnswer.ReadBody(body, Answers, Accumulate(request), origin);
        return updates[updates.Count - 1].Completion!;
    }
}
