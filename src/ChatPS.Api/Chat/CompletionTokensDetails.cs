using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The tokens of an answer by kind.</summary>
public sealed class CompletionTokensDetails : WireObject
{
    /// <summary>Tokens of the prediction that the answer took over.</summary>
    public int? AcceptedPredictionTokens { get; set; }

    /// <summary>Tokens of the prediction that the answer did not take over; they are billed.</summary>
    public int? RejectedPredictionTokens { get; set; }

    /// <summary>Tokens of sound.</summary>
    public int? AudioTokens { get; set; }

    /// <summary>Tokens of reasoning.</summary>
    public int? ReasoningTokens { get; set; }

    /// <summary>Tokens of text.</summary>
    public int? TextTokens { get; set; }
}
