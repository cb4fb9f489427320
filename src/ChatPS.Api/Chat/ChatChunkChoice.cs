using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>What an event adds to one answer.</summary>
[Answer(nameof(Delta))]
public sealed class ChatChunkChoice : WireObject
{
    /// <summary>The place among the choices, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>What is new.</summary>
    public ChatDelta? Delta { get; set; }

    /// <summary>Why the answer ended; null while it goes on.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The log probabilities of the new tokens.</summary>
    public ChatLogprobs? Logprobs { get; set; }
}
