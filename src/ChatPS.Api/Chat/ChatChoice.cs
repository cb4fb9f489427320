using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>One answer of a chat completion.</summary>
[Answer(nameof(Message))]
public sealed class ChatChoice : WireObject
{
    /// <summary>The place among the choices, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>The answer.</summary>
    public ChatResponseMessage? Message { get; set; }

    /// <summary><c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c> or <c>function_call</c>.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The log probabilities of the tokens.</summary>
    public ChatLogprobs? Logprobs { get; set; }
}
