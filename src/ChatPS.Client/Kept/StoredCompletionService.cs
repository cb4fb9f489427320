using System.Runtime.CompilerServices;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

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
    public async IAsyncEnumerable<ChatCompletion> ListAsync(StoredCompletionFilter filter, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        filter.Validate();
        int left = filter.First ?? int.MaxValue;
        string? after = null;
        do
        {
            int size = Math.Min(left, LargestPage);
            (IReadOnlyList<ChatCompletion> page, string? next) = await ReadPageAsync(Query(filter, settings, after, size), settings, cancellationToken);
            foreach (ChatCompletion completion in page.Take(left))
            {
                yield return completion;
            }

            left -= page.Count;
            after = next == after ? null : next;
        }
        while (left > 0 && after is not null);
    }

    /// <summary>Fetches a completion.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="conversation">The messages that it answered, if they are to be with it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The completion.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public async Task<ChatCompletion> GetAsync(string id, IReadOnlyList<ChatMessage> conversation, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(id, settings, cancellationToken);
        ChatCompletion completion = await FindAsync(_connection.CallAsync(
            call,
            token => _connection.Client<IChatCompletionsApi>().GetAsync(id, settings.Headers(), settings.Query(), call, token),
            response => ChatMapper.FromStored(response, conversation, new KeptOrigin(call))));
        call.Succeed(model: null);
        return completion;
    }

    /// <summary>Fetches the messages that a completion answered.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    /// <returns>The messages, oldest first, without the answer.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or a call failed.</exception>
    public async Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [];
        string? after = null;
        do
        {
            using CallContext call = Begin(id, settings, cancellationToken);
            StoredMessageList page = await FindAsync(_connection.CallAsync(
                call, token => _connection.Client<IChatCompletionsApi>().ListMessagesAsync(id, settings.Headers(), KeptAnswers.Page(settings, after, LargestPage, "asc"), call, token)));
            if (page.Data is not { } items)
            {
                throw FailureMapper.FromException(new WireFormatException("The answer is no list of messages.", page.Raw), call);
            }

            call.Succeed(model: null);
            messages.AddRange(items.Select(ChatMessageMapper.FromStored));
            string? next = page.HasMore == true && items.Count > 0 ? page.LastId ?? items[items.Count - 1].Id : null;
            after = next == after ? null : next;
        }
        while (after is not null);

        return messages;
    }

    /// <summary>Puts other notes in place of those that are kept with a completion.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="metadata">The notes, at most 16.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The completion as it is now, without its conversation.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or the call failed.</exception>
    public async Task<ChatCompletion> UpdateAsync(string id, IReadOnlyDictionary<string, string> metadata, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.Metadata(metadata);
        MetadataRequest body = new() { AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"), Metadata = metadata };
        using CallContext call = Begin(id, settings, cancellationToken);
        ChatCompletion completion = await FindAsync(_connection.CallAsync(
            call,
            token => _connection.Client<IChatCompletionsApi>().UpdateAsync(id, body, settings.Headers(), settings.Query(), call, token),
            response => ChatMapper.FromStored(response, [], new KeptOrigin(call))));
        call.Succeed(model: null);
        return completion;
    }

    /// <summary>Deletes a completion.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="ChatServiceException">The service does not keep it, or did not delete it.</exception>
    public async Task DeleteAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(id, settings, cancellationToken);
        ChatCompletionDeletion deletion = await FindAsync(
            _connection.CallAsync(call, token => _connection.Client<IChatCompletionsApi>().DeleteAsync(id, settings.Headers(), settings.Query(), call, token)));
        if (deletion.Deleted == false)
        {
            throw FailureMapper.FromException(new WireFormatException($"The service did not delete '{id}'.", deletion.Raw), call);
        }

        call.Succeed(model: null);
    }

    private CallContext Begin(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return Begin(settings, cancellationToken);
    }

    private CallContext Begin(CallSettings settings, CancellationToken cancellationToken)
    {
        _connection.Require(ServiceOffer.StoredCompletions, "stored completions");
        return _connection.Begin(settings, cancellationToken);
    }

    private static Task<T> FindAsync<T>(Task<T> call) => KeptAnswers.FindAsync(
        call, "Get-ChatCompletion lists what the service keeps: what was asked with -Store $true, for a time, as far as it keeps anything at all.");

    private async Task<(IReadOnlyList<ChatCompletion> Page, string? Next)> ReadPageAsync(Dictionary<string, string> query, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = Begin(settings, cancellationToken);
        (IReadOnlyList<ChatCompletion>, string?) page = await _connection.CallAsync(
            call,
            token => _connection.Client<IChatCompletionsApi>().ListAsync(settings.Headers(), query, call, token),
            list =>
            {
                IReadOnlyList<ChatCompletionResponse> items = list.Data ?? throw new WireFormatException("The answer is no list of completions.", list.Raw);
                IReadOnlyList<ChatCompletion> completions = [.. items.Select(item => ChatMapper.FromStored(item, [], new KeptOrigin(call)))];
                return (completions, list.HasMore == true && items.Count > 0 ? list.LastId ?? items[items.Count - 1].Id : null);
            });
        call.Succeed(model: null);
        return page;
    }

    private static Dictionary<string, string> Query(StoredCompletionFilter filter, CallSettings settings, string? after, int size)
    {
        Dictionary<string, string> query = KeptAnswers.Page(settings, after, size, filter.Descending ? "desc" : "asc");
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
