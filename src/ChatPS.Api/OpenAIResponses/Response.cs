using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A response: what the model made, or how far it has come.</summary>
[Answer(nameof(Output))]
public sealed class Response : ApiResponseBody
{
    /// <summary>The id of the response.</summary>
    public string? Id { get; set; }

    /// <summary><c>response</c>.</summary>
    public string? Object { get; set; }

    /// <summary>When it was asked for, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary><c>completed</c>, <c>failed</c>, <c>in_progress</c>, <c>cancelled</c>, <c>queued</c> or <c>incomplete</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Why it failed: an object with <c>code</c> and <c>message</c>.</summary>
    public JsonElement? Error { get; set; }

    /// <summary>Why it is incomplete.</summary>
    public IncompleteDetails? IncompleteDetails { get; set; }

    /// <summary>What the service changed of what was sent: reasoning that it left out, each with <c>action</c> and <c>reason</c>.</summary>
    public JsonElement? InputTransformations { get; set; }

    /// <summary>The model that answers, often under a dated id.</summary>
    public string? Model { get; set; }

    /// <summary>What was made: messages, reasoning, calls of tools; see <see cref="OutputItem"/>.</summary>
    public IReadOnlyList<JsonElement>? Output { get; set; }

    /// <summary>The response that it goes on from.</summary>
    public string? PreviousResponseId { get; set; }

    /// <summary>The conversation that it belongs to: an object with <c>id</c>.</summary>
    public ConversationReference? Conversation { get; set; }

    /// <summary>The labels that are kept with it.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    /// <summary>The processing tier that served the request.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>What moderation on the way has found: an object with <c>input</c> and <c>output</c>, each a result or an error.</summary>
    public JsonElement? Moderation { get; set; }

    /// <summary>The tokens that were used.</summary>
    public ResponseUsage? Usage { get; set; }
}
