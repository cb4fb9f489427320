using System.Runtime.CompilerServices;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Models;
using Refit;

namespace ChatPS.Client.Dialects;

/// <summary>
/// A dialect whose chat is one endpoint: a request goes out, an answer or a stream of events comes back. Who derives from this
/// translates; sending, reading, streams, failures and what is kept are dealt with here.
/// </summary>
/// <typeparam name="TApi">The Refit interface.</typeparam>
/// <typeparam name="TRequest">The request on the wire.</typeparam>
/// <typeparam name="TResponse">The whole answer on the wire.</typeparam>
/// <typeparam name="TEvent">An event of a stream.</typeparam>
internal abstract class ChatDialect<TApi, TRequest, TResponse, TEvent> : Dialect, IChatProtocol, IModelCatalog, IQuotaSource
    where TApi : class
    where TRequest : ApiRequest
    where TResponse : ApiResponseBody
    where TEvent : ApiResponseBody
{
    /// <inheritdoc />
    public abstract IReadOnlyCollection<string> Supported { get; }

    /// <summary>Translates a request.</summary>
    /// <param name="request">The request, which is in order.</param>
    /// <param name="model">The model.</param>
    /// <param name="stream">Whether the answer is to come as a stream.</param>
    /// <returns>The body; <see cref="ApiRequest.AdditionalBody"/> is added to it later.</returns>
    protected abstract TRequest ToWire(ChatRequest request, string model, bool stream);

    /// <summary>Translates an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    protected abstract ChatCompletion FromWire(TResponse response, ChatRequest request, IAnswerOrigin origin);

    /// <summary>Makes what puts a streamed answer together.</summary>
    /// <param name="request">What was asked.</param>
    /// <returns>An accumulator for one stream.</returns>
    protected abstract IStreamAccumulator<TEvent, ChatCompletionUpdate> Accumulate(ChatRequest request);

    /// <summary>Gets a small whole answer, such as services of this family give.</summary>
    protected abstract string SampleAnswer { get; }

    /// <summary>Sends a request for a whole answer.</summary>
    /// <param name="api">The client.</param>
    /// <param name="body">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="call">The call, which knows the model and the connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    protected abstract Task<IApiResponse<TResponse>> SendAsync(TApi api, TRequest body, CallSettings settings, CallContext call, CancellationToken cancellationToken);

    /// <summary>Sends a request for a stream.</summary>
    /// <param name="api">The client.</param>
    /// <param name="body">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="call">The call, which knows the model and the connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which the caller reads.</returns>
    protected abstract Task<HttpResponseMessage> OpenAsync(TApi api, TRequest body, CallSettings settings, CallContext call, CancellationToken cancellationToken);

    /// <inheritdoc />
    internal override void AddClients(ClientSet clients)
    {
        base.AddClients(clients);
        clients.Add<TApi>();
    }

    /// <inheritdoc />
    public virtual ArraySegment<byte> ToJson(ChatRequest request, ConnectionSettings connection, CallSettings settings) =>
        WireJson.Write(Translate(request, connection.ModelFor(request.Model), connection, settings, stream: false));

    /// <inheritdoc />
    public virtual async Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(request.Model);
        TRequest body = Translate(request, model, connection.Settings, settings, stream: false);
        using CallContext call = connection.Begin(settings, cancellationToken, model);
        return await connection.CallAsync(
            call,
            token => SendAsync(connection.Client<TApi>(), body, settings, call, token),
            response => FromWire(response, request, call));
    }

    /// <inheritdoc />
    public virtual async IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!CanStream)
        {
            throw Failures.Invalid(
                $"-Stream: {connection.Settings.ServiceName} gives whole answers only (connection '{connection.Settings.Name}').", "Leave out -Stream and -Show.");
        }

        string model = connection.ModelFor(request.Model);
        TRequest body = Translate(request, model, connection.Settings, settings, stream: true);
        using CallContext call = connection.Begin(settings, cancellationToken, model);
        using HttpResponseMessage response = await connection.OpenAsync(call, token => OpenAsync(connection.Client<TApi>(), body, settings, call, token));
        if (!ServiceConnection.IsEventStream(response))
        {
            // Some servers ignore the wish for a stream and answer whole.
            cameWhole();
            ChatCompletion answer = await connection.ReadAsync<TResponse, ChatCompletion>(response, call, whole => FromWire(whole, request, call));
            yield return new ChatCompletionUpdate { Text = answer.Text };
            yield return new ChatCompletionUpdate { Completion = answer };
            yield break;
        }

        await foreach (ChatCompletionUpdate update in StreamedAnswer.ReadAsync(response, Accumulate(request), call, cancellationToken))
        {
            yield return update;
        }
    }

    /// <inheritdoc />
    public void WarmUp(ServiceConnection connection)
    {
        _ = connection.Client<TApi>();
        ChatRequest request = new() { Messages = [new ChatMessage("user", "?")] };
        Restore(SampleAnswer, isStream: false, request, new StoredOrigin(new CheckpointRecord { Raw = SampleAnswer }, connection.Settings, CallSettings.None));
    }

    /// <inheritdoc />
    public ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin) => isStream
        ? StreamedAnswer.Replay(raw, Accumulate(request), origin).Completion!
        : FromWire(WireJson.Read<TResponse>(raw), request, origin);

    /// <inheritdoc />
    public virtual async Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        (await OpenAIModels.ListPageAsync(connection, settings, Query(settings, connection.Settings), cancellationToken)).Page;

    /// <inheritdoc />
    public virtual Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIModels.GetAsync(connection, id, settings, Query(settings, connection.Settings), cancellationToken);

    /// <inheritdoc />
    public virtual Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        BillingQuota.GetAsync(connection, settings, cancellationToken);

    /// <summary>Checks a request and translates it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model.</param>
    /// <param name="connection">The connection's settings.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="stream">Whether the answer is to come as a stream.</param>
    /// <returns>The body, ready to be sent.</returns>
    /// <exception cref="ChatServiceException">Something cannot be sent; it says what.</exception>
    protected TRequest Translate(ChatRequest request, string model, ConnectionSettings connection, CallSettings settings, bool stream)
    {
        request.Validate();
        if (ChatParameters.FirstRefused(request, Supported, connection.Unsupported) is { } parameter)
        {
            throw Failures.Invalid(
                $"{parameter.Name}: {connection.ServiceName} has no place for it in a request (connection '{connection.Name}').",
                $"Leave out {parameter.Name}; {ChatParameters.InPlaceOf(parameter, Supported)}.");
        }

        TRequest body = ToWire(request, model, stream);
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        return body;
    }
}
