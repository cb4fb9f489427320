using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>An answer.</summary>
[Answer(nameof(Content))]
public sealed class MessageResponse : ApiResponseBody
{
    /// <summary>The id of the answer.</summary>
    public string? Id { get; set; }

    /// <summary><c>message</c>.</summary>
    public string? Type { get; set; }

    /// <summary><c>assistant</c>.</summary>
    public string? Role { get; set; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>What it said and did, in order.</summary>
    public IReadOnlyList<ContentBlock>? Content { get; set; }

    /// <summary>Why it ended: <c>end_turn</c>, <c>max_tokens</c>, <c>stop_sequence</c>, <c>tool_use</c>, <c>pause_turn</c>, <c>refusal</c>, <c>model_context_window_exceeded</c>.</summary>
    public string? StopReason { get; set; }

    /// <summary>What there is to say about a refusal.</summary>
    public StopDetails? StopDetails { get; set; }

    /// <summary>The container that code of the answer ran in: an object with its <c>id</c>.</summary>
    public JsonElement? Container { get; set; }

    /// <summary>The tokens.</summary>
    public MessageUsage? Usage { get; set; }
}
