using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Kept;

/// <summary>The chat completions that a service keeps because a request said <c>store</c>.</summary>
public sealed class StoredCompletionService
{
    private const int LargestPage = 100;

    private readonly ServiceConnection _connection;

    internal StoredCompletionService(ServiceConnection connection) => _connection = connection;

    /// <summary>Lists completions, without their conversations. Pages are fetched as they are needed.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The completions in the order of their age.</returns>
    /// <exception cref="ChatServiceException">A page could not be fetched; it says why.</exception>
    public IAsyncEnumerable<ChatCompletion> ListAsync(StoredCompletionFilter filter, CallSettings settings, CancellationToken cancellationToken)
    {
        filter.Validate();
        return Pages.ReadAsync(
            filter.First,
            (after, most, token) => SendAsync(
                settings,
                (call, stop) => Api.ListAsync(Query(filter, settings, after, Math.Min(most, LargestPage)), call, stop),
                static (list, call) => Pages.Of(
                    [.. (list.Data ?? throw new WireFormatException("The answer is no list of completions.", list.Raw)).Select(item => ChatMapper.FromStored(item, [], new KeptOrigin(call)))],
                    list.HasMore,
                    list.LastId,
                    completion => completion.Id),
                token),
            static completion => completion.Id,
            cancellationToken);
    }

    /// <summary>Fetches a completion.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">The messages that it answered, if they are to be with it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The completion.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public Task<ChatCompletion> GetAsync(string id, IReadOnlyList<ChatMessage> conversation, CallSettings settings, CancellationToken cancellationToken) => FindAsync(
        id, settings, (call, token) => Api.GetAsync(id, call, token), (response, call) => ChatMapper.FromStored(response, conversation, new KeptOrigin(call)), cancellationToken);

    /// <summary>Fetches the messages that a completion answered.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The messages, oldest first, without the answer.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or a call failed.</exception>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string id, CallSettings settings, CancellationToken cancellationToken) =>
    [
        .. (await Pages.AllAsync(
            (after, stop) => FindAsync(
                id,
                settings,
                (call, token) => Api.ListMessagesAsync(id, Pages.Query(settings, after, LargestPage, "asc"), call, token),
                static (page, _) => Pages.Of(
                    [.. (page.Data ?? throw new WireFormatException("The answer is no list of messages.", page.Raw)).Select(message => (message.Id, Message: ChatMessageMapper.FromStored(message)))],
                    page.HasMore,
                    page.LastId,
                    message => message.Id),
                stop),
            static message => message.Id,
            cancellationToken)).Select(message => message.Message),
    ];

    /// <summary>Puts other notes in place of those that are kept with a completion.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="metadata">The notes, at most 16.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The completion as it is now, without its conversation.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public Task<ChatCompletion> UpdateAsync(string id, IReadOnlyDictionary<string, string> metadata, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.Metadata(metadata);
        MetadataRequest body = new() { AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"), Metadata = metadata };
        return FindAsync(id, settings, (call, token) => Api.UpdateAsync(id, body, call, token), static (response, call) => ChatMapper.FromStored(response, [], new KeptOrigin(call)), cancellationToken);
    }

    /// <summary>Deletes a completion.</summary>
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

    private IChatCompletionsApi Api => _connection.Client<IChatCompletionsApi>(ChatJsonContext.Default);

    private Task<T> FindAsync<TWire, T>(
        string id, CallSettings settings, Func<CallContext, CancellationToken, Task<IApiResponse<TWire>>> send, Func<TWire, CallContext, T> read, CancellationToken cancellationToken)
        where TWire : ApiResponseBody
    {
        ParameterRules.PathSegment(id, "-Id");
        return KeptAnswers.FindAsync(
            SendAsync(settings, send, read, cancellationToken),
            "Get-ChatCompletion lists what the service keeps: what was asked with -Store $true, for a time, as far as it keeps anything at all.");
    }

    private Task<T> SendAsync<TWire, T>(
        CallSettings settings, Func<CallContext, CancellationToken, Task<IApiResponse<TWire>>> send, Func<TWire, CallContext, T> read, CancellationToken cancellationToken)
        where TWire : ApiResponseBody
    {
        _connection.Require<OpenAIEndpoints>("stored completions");
        return _connection.SendAsync(settings, send, read, cancellationToken);
    }

    private static Dictionary<string, string> Query(StoredCompletionFilter filter, CallSettings settings, string? after, int size)
    {
        Dictionary<string, string> query = Pages.Query(settings, after, size, filter.Descending ? "desc" : "asc");
        if (filter.Model is { } model)
        {
            query["model"] = model;
        }

        foreach (KeyValuePair<string, string> note in filter.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            query[$"metadata[{note.Key}]"] = note.Value;
        }

        return query;
    }
}
