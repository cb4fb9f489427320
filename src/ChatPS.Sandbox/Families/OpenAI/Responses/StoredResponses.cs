using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>Keeps responses, as long as the server runs and as far as there is room.</summary>
/// <param name="conversations">The conversations.</param>
/// <param name="clock">The clock behind their times.</param>
internal sealed class StoredResponses(Conversations conversations, Func<DateTimeOffset> clock)
{
    private const int MostKept = 1000;

    private readonly object _lock = new();
    private readonly List<Stored> _kept = [];

    /// <summary>What the service knows of a conversation.</summary>
    /// <param name="previousId">The response to go on from.</param>
    /// <param name="conversationId">The conversation to go on with; one that is not known begins.</param>
    /// <returns>The items, oldest first.</returns>
    public IReadOnlyList<JsonElement> Before(string? previousId, string? conversationId)
    {
        lock (_lock)
        {
            if (conversationId is not null)
            {
                return conversations.Of(conversationId);
            }

            return previousId is null ? [] : _kept.Find(stored => stored.Id == previousId) is { } previous
                ? [.. previous.Items, .. previous.Output]
                : throw new ApiException(ApiError.Invalid($"Previous response with id '{previousId}' not found.", "previous_response_id", "previous_response_not_found"));
        }
    }

    /// <summary>Keeps a response, and adds it to its conversation.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="id">The id.</param>
    /// <param name="response">The response as it is when it is whole.</param>
    /// <param name="output">Its items.</param>
    public void Keep(ResponseRequest request, string id, Dictionary<string, object?> response, IEnumerable<Dictionary<string, object?>> output)
    {
        List<JsonElement> items = [.. output.Select(Shape.ToElement)];
        lock (_lock)
        {
            if (request.ConversationId is { } conversation)
            {
                conversations.Continue(conversation, [.. request.Input.Items, .. items], clock());
            }

            if (request.IsStored)
            {
                if (_kept.Count == MostKept)
                {
                    _kept.RemoveAt(0);
                }

                _kept.Add(new Stored(id, response, request.Input.Items, items, request.IsBackground ? new BackgroundTask() : null));
            }
        }
    }

    /// <summary>Shows a response. One that is made in the background is queued at first, in progress when it is looked at, and whole when it is looked at again.</summary>
    public Answer Show(string id)
    {
        lock (_lock)
        {
            Stored stored = Find(id);
            stored.Task?.Look();
            return Answer.OfJson(stored.Now);
        }
    }

    public Answer Cancel(string id)
    {
        lock (_lock)
        {
            Stored stored = Find(id);
            if (stored.Task is null)
            {
                throw new ApiException(ApiError.Invalid("Cannot cancel a synchronous response."));
            }

            return stored.Task.Cancel() ? Answer.OfJson(stored.Now) : throw new ApiException(ApiError.Invalid("Cannot cancel a completed response."));
        }
    }

    public Answer Delete(string id)
    {
        lock (_lock)
        {
            _kept.Remove(Find(id));
        }

        return Answer.OfJson(Shape.Of(("id", id), ("object", "response"), ("deleted", true)));
    }

    public Answer InputItems(string id, Query query)
    {
        IEnumerable<JsonElement> items;
        lock (_lock)
        {
            items = Find(id).Items;
        }

        if (query.Choice("order", "asc", "desc") != "asc")
        {
            items = items.Reverse();
        }

        if (query["after"] is { } after)
        {
            items = items.SkipWhile(item => item.TextOf("id") != after).Skip(1);
        }

        JsonElement[] rest = [.. items];
        JsonElement[] page = [.. rest.Take(query.Integer("limit", 1, 100) ?? 20)];
        return Answer.OfJson(Shape.Of(
            ("object", "list"), ("data", page), ("first_id", page.FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? first.TextOf("id") : null),
            ("last_id", page.LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? last.TextOf("id") : null), ("has_more", rest.Length > page.Length)));
    }

    private Stored Find(string id) => _kept.Find(stored => stored.Id == id)
        ?? throw new ApiException(new ApiError(404, $"Response with id '{id}' not found.", "invalid_request_error", null, null));

    private sealed record Stored(string Id, Dictionary<string, object?> Response, IReadOnlyList<JsonElement> Items, IReadOnlyList<JsonElement> Output, BackgroundTask? Task)
    {
        public Dictionary<string, object?> Now => Task is null or { Status: "completed" } ? Response : ResponseEndpoint.Unfinished(Response, Task.Status);
    }
}
