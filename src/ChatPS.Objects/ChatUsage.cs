namespace ChatPS;

/// <summary>The tokens of one request, as the service counted them.</summary>
public sealed class ChatUsage
{
    /// <summary>Tokens of the prompt, cached ones included.</summary>
    public int InputTokens { get; init; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public int OutputTokens { get; init; }

    /// <summary>Input and output together.</summary>
    public int TotalTokens { get; init; }

    /// <summary>Input tokens that came from the service's prompt cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Input tokens that were written to the service's prompt cache.</summary>
    public int CacheWriteTokens { get; init; }

    /// <summary>Output tokens that the model spent on reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Input tokens of audio.</summary>
    public int InputAudioTokens { get; init; }

    /// <summary>Output tokens of audio.</summary>
    public int OutputAudioTokens { get; init; }

    /// <summary>Tokens of a prediction that appeared in the answer.</summary>
    public int AcceptedPredictionTokens { get; init; }

    /// <summary>Tokens of a prediction that did not appear in the answer and are charged all the same.</summary>
    public int RejectedPredictionTokens { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{InputTokens} in, {OutputTokens} out, {TotalTokens} total");
}
