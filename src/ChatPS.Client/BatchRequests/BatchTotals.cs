using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;

namespace ChatPS.Client.BatchRequests;

/// <summary>Adds up what the requests of a batch take, and holds it against what the run may use.</summary>
/// <param name="plan">What the run may use.</param>
internal sealed class BatchTotals(BatchPlan plan)
{
    private long _input;
    private long? _output = 0;
    private decimal? _cost = 0;
    private string? _unpriced;

    /// <summary>Adds a request.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">About how many tokens it has.</param>
    /// <param name="outputLimit">The most tokens of its answer; null for no limit.</param>
    /// <param name="cost">About what it costs; null without a price.</param>
    public void Add(string model, long input, long? outputLimit, decimal? cost)
    {
        _unpriced ??= cost is null ? model : null;
        _input += input;
        _output += outputLimit;
        _cost += cost;
    }

    /// <summary>Tells what all of them take.</summary>
    /// <param name="requests">How many there are.</param>
    /// <param name="parts">In how many parts.</param>
    /// <returns>The estimate.</returns>
    public BatchEstimate Sum(int requests, int parts) => new(requests, parts, _input, _output, _cost);

    /// <summary>Requires that all of them stay within what the run may use.</summary>
    /// <param name="estimate">What they take.</param>
    /// <param name="checkpoint">What was spent before; null for nothing.</param>
    /// <param name="warn">Hears what the estimate does not count.</param>
    /// <exception cref="ChatServiceException">They do not (BudgetExceeded), or money is limited and a model has no price.</exception>
    public void Require(BatchEstimate estimate, Checkpoint? checkpoint, Action<string> warn)
    {
        if (plan.MaxCost is not null && _unpriced is { } model)
        {
            throw Failures.Invalid($"-MaxCost: model '{model}' has no price. Nothing was sent.", $"Add '{model}', or a pattern that fits it, to -PriceTable.");
        }

        long tokens = estimate.InputTokens + (estimate.OutputLimit ?? 0);
        string before = checkpoint is { StoredCount: > 0 } ? $", and the checkpoint holds {Counted.Of(checkpoint.StoredCount, "answer")} of an earlier run" : "";
        if (plan.MaxTotalTokens is { } mostTokens && tokens + (checkpoint?.StoredTokens ?? 0) > mostTokens)
        {
            throw Exceeded(FormattableString.Invariant($"-MaxTotalToken is {mostTokens}, and the batch may take {tokens}{Of(checkpoint?.StoredTokens)}"), estimate, before);
        }

        if (plan.MaxCost is { } mostCost && estimate.Cost + (checkpoint?.StoredCost ?? 0) > mostCost)
        {
            throw Exceeded(FormattableString.Invariant($"-MaxCost is {mostCost}, and the batch may cost {estimate.Cost:0.######}{Of(checkpoint?.StoredCost)}"), estimate, before);
        }

        if (estimate.OutputLimit is null && (plan.MaxTotalTokens ?? plan.MaxCost) is not null)
        {
            warn("The requests set no limit for their answers, so that the budget was held against their own tokens alone. Give -MaxCompletionTokens or -MaxTokens.");
        }
    }

    private static string Of(decimal? spent) => spent > 0 ? FormattableString.Invariant($" beside {spent:0.######} that are spent") : "";

    private static ChatServiceException Exceeded(string what, BatchEstimate estimate, string before) => new(
        ErrorIds.BudgetExceeded, $"{what} ({estimate}){before}. Nothing was sent.", "Raise the limit, or hand in fewer rows; a cheaper model or a lower limit for the answers helps, too.");
}
