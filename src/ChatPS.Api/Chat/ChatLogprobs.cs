using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>Log probabilities of the tokens of an answer.</summary>
public sealed class ChatLogprobs : WireObject
{
    /// <summary>Those of the content.</summary>
    public IReadOnlyList<TokenLogprob>? Content { get; set; }

    /// <summary>Those of the refusal.</summary>
    public IReadOnlyList<TokenLogprob>? Refusal { get; set; }
}
