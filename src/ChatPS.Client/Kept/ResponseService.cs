using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Kept;

/// <summary>The responses that a service keeps or is at work on, and the tokens that one would take.</summary>
public sealed class ResponseService
{
    private const int LargestPage = 100;

    private static readonly string[] Details = ["web_search_call.action.sources", "file_search_call.results", "code_interpreter_call.outputs"];

    private readonly ServiceConnection _connection;

    internal ResponseService(ServiceConnection connection) => _connection = connection;

    private IResponsesApi Api => _connection.Client<IResponsesApi>();

    /// <summary>Fetches a response.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">The messages that it answered, if they are to be with it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The response as far as it has come; <see cref="ChatAnswer.FinishReason"/> tells.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public async Task<ChatCompletion> GetAsync(string id, IReadOnlyList<ChatMessage> conversation, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(id, settings, cancellationToken);
        ChatCompletion completion = await FindAsync(_connection.CallAsync(
            call,
            token => Api.GetAsync(id, Details, settings.Headers(), settings.Query(), call, token),
            response => ResponseReader.FromStored(response, conversation, new KeptOrigin(call))));
        call.Succeed(model: null);
        return completion;
    }

    /// <summary>Fetches the messages that a response answered.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The messages, oldest first, without the answer.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or a call failed.</exception>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        List<JsonElement> items = [];
        string? after = null;
        do
        {
            using CallContext call = Begin(id, settings, cancellationToken);
            Dictionary<string, string> query = KeptAnswers.Page(settings, after, LargestPage, "asc");
            after = await FindAsync(_connection.CallAsync(
                call,
                token => Api.ListInputItemsAsync(id, settings.Headers(), query, call, token),
                page =>
                {
                    items.AddRange(page.Data ?? throw new WireFormatException("The answer is no list of items.", page.Raw));
                    return page is { HasMore: true, Data.Count: > 0 } && page.LastId != after ? page.LastId : null;
                }));
            call.Succeed(model: null);
        }
        while (after is not null);

        return ResponseReader.Messages(items);
    }

    /// <summary>Deletes a response.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or did not delete it.</exception>
    public async Task DeleteAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(id, settings, cancellationToken);
        ResponseDeletion deletion = await FindAsync(_connection.CallAsync(call, token => Api.DeleteAsync(id, settings.Headers(), settings.Query(), call, token)));
        if (deletion.Deleted == false)
        {
            throw FailureMapper.FromException(new WireFormatException($"The service did not delete '{id}'.", deletion.Raw), call);
        }

        call.Succeed(model: null);
    }

    /// <summary>Stops a response that is made in the background.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is stopped.</returns>
    /// <exception cref="ChatServiceException">The service does not know it, or does not stop it any more.</exception>
    public async Task CancelAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(id, settings, cancellationToken);
        await FindAsync(_connection.CallAsync(call, token => Api.CancelAsync(id, settings.Headers(), settings.Query(), call, token)));
        call.Succeed(model: null);
    }

    /// <summary>Counts the tokens that a request would take, without answering it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The count.</returns>
    /// <exception cref="ChatServiceException">The service does not count, or the call failed.</exception>
    public async Task<ChatTokenCount> CountTokensAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        _connection.Require(ServiceOffer.Responses, "counting of tokens");
        request.Validate();
        string model = _connection.ModelFor(request.Model);
        ResponseRequest body = ResponseMapper.ToCount(request, model);
        body.AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        using CallContext call = _connection.Begin(settings, cancellationToken, model);
        ChatTokenCount count = await _connection.CallAsync(
            call,
            token => Api.CountInputTokensAsync(body, settings.Headers(), settings.Query(), call, token),
            answer => new ChatTokenCount
            {
                Model = model,
                InputTokens = answer.InputTokens ?? throw new WireFormatException("The answer tells no number of tokens.", answer.Raw),
                Connection = call.ConnectionName,
                Input = request.Input,
                Index = request.Index,
            });
        call.Succeed(model: null);
        return count;
    }

    private CallContext Begin(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        _connection.Require(ServiceOffer.Responses, "stored responses");
        return _connection.Begin(settings, cancellationToken);
    }

    private static Task<T> FindAsync<T>(Task<T> call) => KeptAnswers.FindAsync(
        call, "Check the id: a service keeps a response for a time, unless it was asked with -Store $false, and not all services do.");
}
