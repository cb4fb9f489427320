using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A message that a stored completion answered.</summary>
[Answer(nameof(ContentParts), nameof(ToolCalls), nameof(FunctionCall))]
public sealed class StoredMessage : WireObject
{
    /// <summary>The id of the message.</summary>
    public string? Id { get; set; }

    /// <summary>Who speaks.</summary>
    public string? Role { get; set; }

    /// <summary>The text.</summary>
    [JsonConverter(typeof(TextContentConverter))]
    public string? Content { get; set; }

    /// <summary>The parts, if the content was sent as parts.</summary>
    public IReadOnlyList<ContentPart>? ContentParts { get; set; }

    /// <summary>The name of the participant, or of the function.</summary>
    public string? Name { get; set; }

    /// <summary>In a tool's message, the call that it answers.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>In an assistant's message, the tools that it called.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; set; }

    /// <summary>Deprecated: in an assistant's message, the function that it called.</summary>
    public FunctionCall? FunctionCall { get; set; }

    /// <summary>In an assistant's message, its refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>In an assistant's message, its spoken answer.</summary>
    public ResponseAudio? Audio { get; set; }

    /// <summary>In an assistant's message, the sources of a web search.</summary>
    public IReadOnlyList<Annotation>? Annotations { get; set; }
}
