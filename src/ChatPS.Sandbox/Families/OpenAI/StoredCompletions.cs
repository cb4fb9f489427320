using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
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

        return Page(query, found, static stored => stored.Id, WriteCompletion);
    }

    public Answer Show(string id) => Whole(Find(id));

    public Answer Messages(string id, Query query)
    {
        Stored stored = Find(id);
        (string Id, JsonElement Message)[] messages = stored.Messages.Select((message, index) => (string.Format(CultureInfo.InvariantCulture, "{0}-{1}", id, index), message)).ToArray();
        return Page(query, messages, static message => message.Id, static (json, message) => WriteMessage(json, message.Id, message.Message));
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
            return Whole(changed);
        }
    }

    public Answer Delete(string id)
    {
        lock (_lock)
        {
            _kept.Remove(FindKept(id));
        }

        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "chat.completion.deleted"u8);
                json.WriteString("id"u8, id);
                json.WriteBoolean("deleted"u8, true);
                json.WriteEndObject();
            },
        };
    }

    private static Dictionary<string, string> Read(JsonElement? metadata) => metadata is { } notes
        ? notes.EnumerateObject().ToDictionary(static note => note.Name, static note => note.Value.GetString() ?? "", StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private static Answer Whole(Stored stored) => new() { Json = json => WriteCompletion(json, stored) };

    private static Answer Page<T>(Query query, T[] items, Func<T, string> idOf, Action<Utf8JsonWriter, T> write)
    {
        if (query.Choice("order", "asc", "desc") == "desc")
        {
            Array.Reverse(items);
        }

        int start = query["after"] is { } after ? Array.FindIndex(items, item => idOf(item) == after) + 1 : 0;
        T[] page = items.Skip(start).Take(query.Integer("limit", 1, LargestPage) ?? UsualPage).ToArray();
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "list"u8);
                json.WriteStartArray("data"u8);
                foreach (T item in page)
                {
                    write(json, item);
                }

                json.WriteEndArray();
                json.WriteString("first_id"u8, page.Length > 0 ? idOf(page[0]) : "");
                json.WriteString("last_id"u8, page.Length > 0 ? idOf(page[page.Length - 1]) : "");
                json.WriteBoolean("has_more"u8, start + page.Length < items.Length);
                json.WriteEndObject();
            },
        };
    }

    private static void WriteCompletion(Utf8JsonWriter json, Stored stored)
    {
        json.WriteStartObject();
        foreach (JsonProperty member in stored.Completion.EnumerateObject())
        {
            member.WriteTo(json);
        }

        json.WriteStartObject("metadata"u8);
        foreach (KeyValuePair<string, string> note in stored.Metadata)
        {
            json.WriteString(note.Key, note.Value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Parts stand apart from the content, which is a text or nothing.
    private static void WriteMessage(Utf8JsonWriter json, string id, JsonElement message)
    {
        bool isText = message.TryGetProperty("content"u8, out JsonElement content) && content.ValueKind == JsonValueKind.String;
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("content"u8, isText ? content.GetString() : null);
        json.WritePropertyName("content_parts"u8);
        if (content.ValueKind == JsonValueKind.Array)
        {
            content.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }

        if (!message.TryGetProperty("refusal"u8, out _))
        {
            json.WriteNull("refusal"u8);
        }

        foreach (JsonProperty member in message.EnumerateObject().Where(static member => !member.NameEquals("content"u8)))
        {
            member.WriteTo(json);
        }

        json.WriteEndObject();
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
