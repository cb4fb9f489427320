namespace ChatPS.Client.Decisions;

/// <summary>What one call brought.</summary>
/// <param name="Answers">The answers to its questions, in their order.</param>
/// <param name="Method">Where they come from.</param>
/// <param name="Raw">The answer's JSON as it came.</param>
internal sealed record DecisionPart(IReadOnlyList<ChatDecisionAnswer> Answers, ChatDecisionMethod Method, string Raw)
{
    public ChatUsage? Usage { get; init; }

    public decimal? Cost { get; init; }

    public string? Model { get; init; }

    public string? Id { get; init; }

    public string? RequestId { get; init; }

    public string? Connection { get; init; }

    public TimeSpan Elapsed { get; init; }
}
