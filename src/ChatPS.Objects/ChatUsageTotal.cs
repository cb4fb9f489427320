namespace ChatPS;

/// <summary>What the requests of this process to one model of a connection came to.</summary>
public sealed class ChatUsageTotal
{
    /// <summary>The name of the connection.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The model that answered, or that was asked where no answer came; empty for requests without one, such as lists of models.</summary>
    public string Model { get; init; } = "";

    /// <summary>Requests that have ended. Those that were tried again count once; those that were stopped by the user count, too.</summary>
    public long Requests { get; init; }

    /// <summary>Requests that got a proper answer.</summary>
    public long Succeeded { get; init; }

    /// <summary>Requests that failed for good, streams that broke off included. Those that were stopped by the user are not failures.</summary>
    public long Failures { get; init; }

    /// <summary>How many times requests were sent again.</summary>
    public long Retries { get; init; }

    /// <summary>The time that requests waited before they were sent, all together.</summary>
    public TimeSpan WaitTime { get; init; }

    /// <summary>Tokens of the prompts, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Input tokens that came from the service's prompt cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Tokens of the answers, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Output tokens that the model spent on reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>All tokens, as the service counted them.</summary>
    public long TotalTokens { get; init; }

    /// <summary>The cost in the currency of the price table; null where no price was known. Requests without a price are not in it: see <see cref="Unpriced"/>.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How many requests of a model succeeded whose cost is not known: the model has no price, or the service did not tell the tokens.</summary>
    public long Unpriced { get; init; }

    /// <summary>When the first of the requests ended, in UTC.</summary>
    public DateTimeOffset FirstUsed { get; init; }

    /// <summary>When the last of the requests ended, in UTC.</summary>
    public DateTimeOffset LastUsed { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Connection} {Model}: {Requests} requests, {TotalTokens} tokens");
}
