using System.Text.Json.Serialization;
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
using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace ChatPS.Client.Dialects;

/// <summary>
/// A dialect whose chat is one endpoint: a request goes out, an answer comes back whole. Who derives from this translates;
/// sending, reading, failures and what is kept are dealt with here.
/// </summary>
/// <typeparam name="TApi">The Refit interface.</typeparam>
/// <typeparam name="TRequest">The request on the wire.</typeparam>
/// <typeparam name="TResponse">The whole answer on the wire.</typeparam>
internal abstract class WholeChatDialect<TApi, TRequest, TResponse> : Dialect, IChatProtocol
    where TApi : class
    where TRequest : ApiRequest
    where TResponse : ApiResponseBody
{
    private ChatParameter[]? _refused;

    /// <inheritdoc />
    public abstract IReadOnlyCollection<string> Supported { get; }

    /// <summary>Translates a request.</summary>
    /// <param name="request">The request, which is in order.</param>
    /// <param name="model">The model.</param>
    /// <param name="stream">Whether the answer is to come as a stream.</param>
    /// <returns>The body; <see cref="ApiRequest.AdditionalBody"/> is added to it later.</returns>
    protected abstract TRequest ToWire(ChatRequest request, string model, bool stream);

    /// <summary>Leaves out of a request what the one service does not take that it goes to.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connection">The connection's settings.</param>
    /// <returns>The request.</returns>
    protected virtual ChatRequest Prepare(ChatRequest request, ConnectionSettings connection) => request;

    /// <summary>Translates an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    protected abstract ChatCompletion FromWire(TResponse response, ChatRequest request, IAnswerOrigin origin);

    /// <summary>Gets how answers are read.</summary>
    protected abstract JsonSerializerContext Answers { get; }

    /// <summary>Gets how requests are written.</summary>
    protected virtual JsonSerializerContext Requests => Answers;

    /// <summary>Gets a small whole answer, such as services of this family give.</summary>
    protected abstract string SampleAnswer { get; }

    /// <summary>Sends a request for a whole answer.</summary>
    /// <param name="api">The client.</param>
    /// <param name="body">The request.</param>
    /// <param name="call">The call, which knows the model and the connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    protected abstract Task<IApiResponse<TResponse>> SendAsync(TApi api, TRequest body, CallContext call, CancellationToken cancellationToken);

    /// <inheritdoc />
    internal override void AddClient(IServiceCollection services, string httpClient) =>
        services.AddRefitGeneratedClient<TApi>(WireSettings.Create(Requests, Answers), httpClient);

    /// <inheritdoc />
    public virtual ArraySegment<byte> ToJson(ChatRequest request, ConnectionSettings connection, CallSettings settings) =>
        WireJson.Write(Translate(request, connection.ModelFor(request.Model), connection, settings, stream: false), Requests);

    /// <inheritdoc />
    public virtual Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(request.Model);
        TRequest body = Translate(request, model, connection.Settings, settings, stream: false);
        return connection.SendAsync<TResponse, ChatCompletion>(
            settings, (call, token) => SendAsync(connection.Client<TApi>(Answers), body, call, token), (response, call) => FromWire(response, request, call), cancellationToken, model, (body, call) => ReadEvents(body, request, call));
    }

    /// <inheritdoc />
    public void WarmUp(ServiceConnection connection)
    {
        _ = connection.Client<TApi>(Answers);
        ChatRequest request = new() { Messages = [new ChatMessage("user", "?")] };
        Restore(SampleAnswer, isStream: false, request, new CheckpointOrigin(new CheckpointRecord { Raw = SampleAnswer }, connection.Settings, CallSettings.None));
    }

    /// <inheritdoc />
    public virtual ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin)
    {
        try
        {
            return FromWire(WireJson.Read<TResponse>(raw, Answers), request, origin);
        }
        catch (WireFormatException) when (EventBody.HoldsEvents(raw))
        {
            return ReadEvents(raw, request, origin);
        }
    }

    /// <summary>Reads an answer that came as events, though nobody had asked for a stream.</summary>
    /// <param name="body">The body.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="origin">Where the answer comes from.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    protected virtual ChatCompletion ReadEvents(string body, ChatRequest request, IAnswerOrigin origin)
    {
        // Without a form for pieces, one event holds all of it.
        (_, string whole) = EventBody.Read(body).LastOrDefault(item => item.Data is ['{', ..]);
        TResponse response = WireJson.Read<TResponse>(whole ?? "", Answers);
        response.Raw = body;
        return FromWire(response, request, origin);
    }

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
        if (ChatParameters.FirstRefused(request, _refused ??= ChatParameters.Except(Supported), connection.Unsupported) is { } parameter)
        {
            throw ChatParameters.Refusal(parameter, Supported, connection);
        }

        TRequest body = ToWire(Prepare(request, connection), model, stream);
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        return body;
    }
}
