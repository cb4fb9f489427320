namespace ChatPS;

/// <summary>What the calls of a log came to on one day, for one model, or for one user.</summary>
public sealed class ChatLogTotal
{
    /// <summary>What was added up by: <c>Day</c>, <c>Model</c>, <c>User</c> or <c>Connection</c>.</summary>
    public string By { get; init; } = "";

    /// <summary>The day (of UTC, such as <c>2026-11-30</c>), the model, the user or the connection.</summary>
    public string Name { get; init; } = "";

    /// <summary>The calls.</summary>
    public long Requests { get; init; }

    /// <summary>Those of them that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Tokens of the prompts, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>All tokens, as the services counted them.</summary>
    public long TotalTokens { get; init; }

    /// <summary>What the calls cost whose cost is known; null where none is.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How many calls of a model succeeded whose cost is not known.</summary>
    public long Unpriced { get; init; }

    /// <summary>When the first of the calls began, in UTC.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>When the last of the calls began, in UTC.</summary>
    public DateTimeOffset Last { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Name}: {Requests} requests, {TotalTokens} tokens");
}
