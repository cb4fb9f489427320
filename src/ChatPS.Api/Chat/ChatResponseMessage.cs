using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The message that the model answers with.</summary>
[Answer(nameof(ToolCalls), nameof(FunctionCall), nameof(Audio))]
public sealed class ChatResponseMessage : WireObject
{
    /// <summary>Who speaks, mostly <c>assistant</c>.</summary>
    public string? Role { get; set; }

    /// <summary>The text; the text parts joined, if a vendor sends parts.</summary>
    [JsonIgnore]
    public string? Content { get; set; }

    /// <summary>The thoughts of the model, where a vendor sends them as parts of the content.</summary>
    [JsonIgnore]
    public string? Thoughts { get; set; }

    /// <summary>The content as it is written: text, or parts of it.</summary>
    [JsonInclude]
    [JsonPropertyName("content")]
    [JsonConverter(typeof(ContentConverter))]
    internal object? ContentForm
    {
        get => Content;
        set => (Content, Thoughts) = value is TextParts parts ? (parts.Text, parts.Thoughts) : (value as string, null);
    }

    /// <summary>The text of a refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>The thoughts of the model, as DeepSeek and many others name them.</summary>
    [JsonConverter(typeof(TextContentConverter))]
    public string? ReasoningContent { get; set; }

    /// <summary>The thoughts of the model, as OpenRouter and others name them.</summary>
    [JsonConverter(typeof(TextContentConverter))]
    public string? Reasoning { get; set; }

    /// <summary>The tools that the model wants called.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; set; }

    /// <summary>Deprecated: the function that the model wants called.</summary>
    public FunctionCall? FunctionCall { get; set; }

    /// <summary>The spoken answer.</summary>
    public ResponseAudio? Audio { get; set; }

    /// <summary>The sources of a web search.</summary>
    public IReadOnlyList<Annotation>? Annotations { get; set; }
}
