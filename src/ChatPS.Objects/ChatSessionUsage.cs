namespace ChatPS;

/// <summary>What the answers of a session came to, those of messages that were trimmed since included.</summary>
public sealed class ChatSessionUsage
{
    /// <summary>Answers that came.</summary>
    public long Requests { get; init; }

    /// <summary>Tokens of the prompts, cached ones included. The conversation is sent, and counted, again with each prompt.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens that came from the service's prompt cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Tokens of the answers, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>All tokens, as the service counted them.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The cost in the currency of the price table; null where no price was known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Adds an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The new totals; these stay as they are.</returns>
    public ChatSessionUsage Add(ChatAnswer answer) => new()
    {
        Requests = Requests + 1,
        InputTokens = InputTokens + (answer.Usage?.InputTokens ?? 0),
        CachedTokens = CachedTokens + (answer.Usage?.CachedTokens ?? 0),
        OutputTokens = OutputTokens + (answer.Usage?.OutputTokens ?? 0),
        TotalTokens = TotalTokens + (answer.Usage?.TotalTokens ?? 0),
        Cost = answer.Cost is { } cost ? (Cost ?? 0) + cost : Cost,
    };

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Requests} requests, {TotalTokens} tokens");
}
