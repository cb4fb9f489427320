using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Answers;

/// <summary>What to send: a JSON body, bytes, a text, or a stream of JSON events.</summary>
internal sealed record Answer
{
    public int StatusCode { get; init; } = 200;

    public string ContentType { get; init; } = "application/json";

    /// <summary>Writes the JSON body. It cannot be refused any more while it is written.</summary>
    public Action<Utf8JsonWriter>? Json { get; init; }

    /// <summary>The body where it is bytes.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>Opens the body where it lies on the disk.</summary>
    public Func<Stream>? File { get; init; }

    /// <summary>How long a body on the disk is, in bytes.</summary>
    public long FileLength { get; init; }

    /// <summary>The body where it is neither.</summary>
    public string Text { get; init; } = "";

    /// <summary>The events of a stream.</summary>
    public IReadOnlyList<StreamEvent>? Events { get; init; }

    /// <summary>Whether a stream ends with <c>[DONE]</c>.</summary>
    public bool HasEndMark { get; init; } = true;

    /// <summary>The headers that only some answers have.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body as JSON on one line; what is none becomes a text.</summary>
    public string ToJson()
    {
        if (Json is { } write)
        {
            return PlainJson.ToText(write);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(Text);
            return PlainJson.ToText(document);
        }
        catch (JsonException)
        {
            return PlainJson.ToText(Text);
        }
    }

    /// <summary>A JSON body, of dictionaries (<see cref="Shape"/>), lists and plain values.</summary>
    public static Answer OfJson(object? value) => new() { Json = json => PlainJson.Write(json, value) };

    /// <summary>A stream of events that have no names.</summary>
    public static Answer OfEvents(IEnumerable<Action<Utf8JsonWriter>> events) => new() { Events = [.. events.Select(static write => new StreamEvent(write))] };

    /// <summary>An error as OpenAI words it.</summary>
    public static Answer Of(ApiError error) => OfJson(error.ToShape()) with { StatusCode = error.StatusCode };
}
