using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Keeps the chats that said <c>store</c>, as long as the server runs and as far as there is room.</summary>
internal sealed class StoredCompletions
{
    private const int MostKept = 1000;
    private const int UsualPage = 20;
    private const int LargestPage = 100;

    private readonly object _lock = new();
    private readonly List<Stored> _kept = [];

    /// <summary>Keeps a chat; the oldest goes where there are too many.</summary>
    /// <param name="id">The id of the answer.</param>
    /// <param name="model">The model that was asked.</param>
    /// <param name="completion">The answer.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="metadata">The notes.</param>
    public void Keep(string id, string model, JsonElement completion, JsonElement messages, JsonElement? metadata)
    {
        lock (_lock)
        {
            if (_kept.Count == MostKept)
            {
                _kept.RemoveAt(0);
            }

            _kept.Add(new Stored(id, model, completion.Clone(), [.. messages.Clone().EnumerateArray()], Read(metadata)));
        }
    }

    public Answer List(Query query)
    {
        Dictionary<string, string> wanted = query.Map("metadata");
        string? model = query["model"];
        Stored[] found;
        lock (_lock)
        {
            found = _kept.Where(stored => (model is null || stored.Model == model) && wanted.All(note => stored.Metadata.TryGetValue(note.Key, out string? value) && value == note.Value)).ToArray();
        }

        return Page(query, found, static stored => stored.Id, ToShape);
    }

    public Answer Show(string id) => Answer.OfJson(ToShape(Find(id)));

    public Answer Messages(string id, Query query)
    {
        Stored stored = Find(id);
        (string Id, JsonElement Message)[] messages = stored.Messages.Select((message, index) => (string.Format(CultureInfo.InvariantCulture, "{0}-{1}", id, index), message)).ToArray();
        return Page(query, messages, static message => message.Id, static message => ToShape(message.Id, message.Message));
    }

    public Answer Update(string id, Fields body)
    {
        body.Required("metadata");
        ChatRequest.CheckMetadata(body);
        Dictionary<string, string> metadata = Read(body.Object("metadata"));
        lock (_lock)
        {
            Stored changed = FindKept(id) with { Metadata = metadata };
            _kept[_kept.FindIndex(stored => stored.Id == id)] = changed;
            return Answer.OfJson(ToShape(changed));
        }
    }

    public Answer Delete(string id)
    {
        lock (_lock)
        {
            _kept.Remove(FindKept(id));
        }

        return Answer.OfJson(Shape.Of(("object", "chat.completion.deleted"), ("id", id), ("deleted", true)));
    }

    private static Dictionary<string, string> Read(JsonElement? metadata) => metadata is { } notes
        ? notes.EnumerateObject().ToDictionary(static note => note.Name, static note => note.Value.GetString() ?? "", StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private static Answer Page<T>(Query query, T[] items, Func<T, string> idOf, Func<T, Dictionary<string, object?>> toShape)
    {
        if (query.Choice("order", "asc", "desc") == "desc")
        {
            Array.Reverse(items);
        }

        int start = query["after"] is { } after ? Array.FindIndex(items, item => idOf(item) == after) + 1 : 0;
        T[] page = items.Skip(start).Take(query.Integer("limit", 1, LargestPage) ?? UsualPage).ToArray();
        return Answer.OfJson(Shape.Of(
            ("object", "list"),
            ("data", page.Select(toShape).ToArray()),
            ("first_id", page.Length > 0 ? idOf(page[0]) : ""),
            ("last_id", page.Length > 0 ? idOf(page[page.Length - 1]) : ""),
            ("has_more", start + page.Length < items.Length)));
    }

    private static Dictionary<string, object?> ToShape(Stored stored) => Shape.Of(stored.Completion).With(("metadata", stored.Metadata));

    // Parts stand apart from the content, which is a text or nothing.
    private static Dictionary<string, object?> ToShape(string id, JsonElement message)
    {
        message.TryGetProperty("content", out JsonElement content);
        Dictionary<string, object?> shape = Shape.Of(
            ("id", id),
            ("content", content.ValueKind == JsonValueKind.String ? content : null),
            ("content_parts", content.ValueKind == JsonValueKind.Array ? content : null));
        Dictionary<string, object?> rest = Shape.Of(message);
        rest.Remove("content");
        return shape.With(rest.ContainsKey("refusal") ? [] : [("refusal", null)]).With([.. rest.Select(static member => (member.Key, member.Value))]);
    }

    private Stored Find(string id)
    {
        lock (_lock)
        {
            return FindKept(id);
        }
    }

    private Stored FindKept(string id) => _kept.Find(stored => stored.Id == id)
        ?? throw new ApiException(new ApiError(404, $"Chat completion '{id}' not found.", "invalid_request_error", "completion_id", "not_found"));

    private sealed record Stored(string Id, string Model, JsonElement Completion, IReadOnlyList<JsonElement> Messages, Dictionary<string, string> Metadata);
}
