using System.Text.Json;

namespace ChatPS.Api.Chat;

/// <summary>A message of the conversation that is sent.</summary>
public sealed class ChatRequestMessage
{
    /// <summary><c>developer</c>, <c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c> or <c>function</c> (deprecated).</summary>
    public string? Role { get; set; }

    /// <summary>What is said; null for an assistant that only calls tools.</summary>
    public MessageContent? Content { get; set; }

    /// <summary>The name of the participant, or of the function.</summary>
    public string? Name { get; set; }

    /// <summary>In a tool's message, the call that it answers.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>In an assistant's message, the tools that it called.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; set; }

    /// <summary>In an assistant's message, its refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>In an assistant's message, what it had thought, where a service wants it back.</summary>
    public string? ReasoningContent { get; set; }

    /// <summary>The same, under the name that other services have for it.</summary>
    public string? Reasoning { get; set; }

    /// <summary>The details of what it had thought, signed or encrypted, as they came.</summary>
    public JsonElement? ReasoningDetails { get; set; }

    /// <summary>What a service adds to an assistant's message, as it came.</summary>
    public JsonElement? ExtraContent { get; set; }

    /// <summary>In an assistant's message, its earlier spoken answer.</summary>
    public AudioReference? Audio { get; set; }

    /// <summary>Deprecated: in an assistant's message, the function that it called.</summary>
    public FunctionCall? FunctionCall { get; set; }
}
