using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Kept;

/// <summary>The responses that a service keeps or is at work on, and the tokens that one would take.</summary>
public sealed class ResponseService
{
    private const int LargestPage = 100;

    private static readonly string[] Details = ["web_search_call.action.sources", "file_search_call.results", "code_interpreter_call.outputs"];

    private readonly ServiceConnection _connection;
    private volatile bool _doesNotCount;

    internal ResponseService(ServiceConnection connection) => _connection = connection;

    private IResponsesApi Api => _connection.Client<IResponsesApi>(OpenAIResponsesJsonContext.Default);

    /// <summary>Fetches a response.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">The messages that it answered, if they are to be with it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response as far as it has come; <see cref="ChatAnswer.FinishReason"/> tells.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public Task<ChatCompletion> GetAsync(string id, IReadOnlyList<ChatMessage> conversation, CallSettings settings, CancellationToken cancellationToken) => FindAsync(
        id, settings, (call, token) => Api.GetAsync(id, Details, call, token), (response, call) => ResponseAnswerMapper.FromStored(response, conversation, new KeptOrigin(call)), cancellationToken);

    /// <summary>Fetches the messages that a response answered.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The messages, oldest first, without the answer.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or a call failed.</exception>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string id, CallSettings settings, CancellationToken cancellationToken) => ResponseAnswerMapper.Messages(
        await Pages.AllAsync(
            (after, stop) => FindAsync(
                id,
                settings,
                (call, token) => Api.ListInputItemsAsync(id, Pages.Query(settings, after, LargestPage, "asc"), call, token),
                static (page, _) =>
                {
                    // A message can go on on the next page; what cannot be read is the failure of this one.
                    IReadOnlyList<JsonElement> items = page.Data ?? throw new WireFormatException("The answer is no list of items.", page.Raw);
                    ResponseAnswerMapper.Messages(items);
                    return Pages.Of(items, page.HasMore, page.LastId, _ => null);
                },
                stop),
            static _ => null,
            cancellationToken));

    /// <summary>Deletes a response.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or did not delete it.</exception>
    public Task DeleteAsync(string id, CallSettings settings, CancellationToken cancellationToken) => FindAsync(
        id,
        settings,
        (call, token) => Api.DeleteAsync(id, call, token),
        (deletion, _) => deletion.Deleted == false ? throw new WireFormatException($"The service did not delete '{id}'.", deletion.Raw) : id,
        cancellationToken);

    /// <summary>Stops a response that is made in the background.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is stopped.</returns>
    /// <exception cref="ChatServiceException">The service does not know it, or does not stop it any more.</exception>
    public Task CancelAsync(string id, CallSettings settings, CancellationToken cancellationToken) =>
        FindAsync(id, settings, (call, token) => Api.CancelAsync(id, call, token), (_, _) => id, cancellationToken);

    /// <summary>Counts the tokens that a request would take, without answering it. Where the service does not count, they are estimated.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The count.</returns>
    /// <exception cref="ChatServiceException">The call failed.</exception>
    public async Task<ChatTokenCount> CountTokensAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        request.Validate();
        string model = _connection.ModelFor(request.Model);
        ITokenCounter? counter = _connection.Dialect.Offer<ITokenCounter>();
        if (_doesNotCount || (counter is null && _connection.Dialect.Offer<OpenAIEndpoints>() is null))
        {
            return TokenCounts.Estimate(request, model, _connection.Settings.Name);
        }

        if (counter is not null && ChatParameters.FirstRefused(request, ChatParameters.Except(_connection.Dialect.Chat.Supported), _connection.Settings.Unsupported) is { } refused)
        {
            throw ChatParameters.Refusal(refused, _connection.Dialect.Chat.Supported, _connection.Settings);
        }

        try
        {
            return counter is null
                ? await CountAsync(request, model, settings, cancellationToken)
                : Counted(await counter.CountTokensAsync(_connection, request, model, settings, cancellationToken), request, model, _connection.Settings.Name);
        }
        catch (ChatServiceException failure) when (failure.MissingEndpoint is not null || (failure.ErrorId == ErrorIds.InvalidRequest && failure.StatusCode is 404 or 405 or 501))
        {
            _doesNotCount = true;
            return TokenCounts.Estimate(request, model, _connection.Settings.Name);
        }
    }

    private Task<ChatTokenCount> CountAsync(ChatRequest request, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        ResponseRequest body = ResponseRequestMapper.ToCount(request, model);
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        return _connection.SendAsync(
            settings,
            (call, token) => Api.CountInputTokensAsync(body, call, token),
            (answer, call) => Counted(answer.InputTokens ?? throw new WireFormatException("The answer tells no number of tokens.", answer.Raw), request, model, call.ConnectionName),
            cancellationToken,
            model);
    }

    private static ChatTokenCount Counted(int tokens, ChatRequest request, string model, string connection) =>
        new() { Model = model, InputTokens = tokens, Connection = connection, Input = request.Input, Index = request.Index };

    private Task<T> FindAsync<TWire, T>(
        string id, CallSettings settings, Func<CallContext, CancellationToken, Task<IApiResponse<TWire>>> send, Func<TWire, CallContext, T> read, CancellationToken cancellationToken)
        where TWire : ApiResponseBody
    {
        ParameterRules.PathSegment(id, "-Id");
        _connection.Require<OpenAIEndpoints>("stored responses");
        return KeptAnswers.FindAsync(
            _connection.SendAsync(settings, send, read, cancellationToken),
            "Check the id: a service keeps a response for a time, unless it was asked with -Store $false, and not all services do.");
    }
}
