using ChatPS.Api.Wire;

namespace ChatPS.Api.Text;

/// <summary>One completion of a prompt.</summary>
public sealed class CompletionChoice : WireObject
{
    /// <summary>The place among the choices, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>The text.</summary>
    public string? Text { get; set; }

    /// <summary><c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The log probabilities of the tokens.</summary>
    public CompletionLogprobs? Logprobs { get; set; }
}
