namespace ChatPS;

/// <summary>What an account may use, and has used.</summary>
public sealed class ChatQuota
{
    /// <summary>The name of the connection whose account this is.</summary>
    public string? Connection { get; init; }

    /// <summary>What is counted: <c>requests</c>, or <c>USD</c> for money. Some gateways count money of their own under that name.</summary>
    public string Unit { get; init; } = "USD";

    /// <summary>The time that the limit is for: <c>day</c>; null where it is for good.</summary>
    public string? Period { get; init; }

    /// <summary>The most that may be used; null for no limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>What has been used.</summary>
    public decimal Used { get; init; }

    /// <summary>What is left; null for no limit.</summary>
    public decimal? Remaining => Limit - Used;

    /// <summary>The day that the numbers are of, as the service writes it; null where they are of no day.</summary>
    public string? Date { get; init; }

    /// <summary>When the key ends, in UTC; null for never, or where the service does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the service told this, in UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <inheritdoc />
    public override string ToString() => Limit is { } limit ? FormattableString.Invariant($"{Used} of {limit} {Unit}") : FormattableString.Invariant($"{Used} {Unit}");
}
