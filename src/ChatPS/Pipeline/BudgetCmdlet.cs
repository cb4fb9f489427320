using System.Management.Automation;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Usage;
using ChatPS.Parameters;
using ChatPS.Prices;

namespace ChatPS.Pipeline;

/// <summary>What cmdlets take whose requests cost something.</summary>
public abstract class BudgetCmdlet : CheckpointCmdlet
{
    private PriceTable? _prices;
    private List<decimal?>? _estimates;

    private protected BudgetCmdlet()
    {
    }

    /// <summary>Prices by model, in a hashtable, rows or a CSV file.</summary>
    [Parameter(HelpMessage = "Prices by model, in a hashtable, rows or a CSV file.")]
    [Runs(InSession = true)]
    public object? PriceTable { get; set; }

    /// <summary>The most tokens that the run may use, input and output together.</summary>
    [Parameter(HelpMessage = "The most tokens that the run may use, input and output together.")]
    [Runs(InSession = true)]
    public long MaxTotalToken { get; set; }

    /// <summary>The most money that the run may cost, in the currency of the prices.</summary>
    [Parameter(HelpMessage = "The most money that the run may cost, in the currency of the prices.")]
    [Runs(InSession = true)]
    public decimal MaxCost { get; set; }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_prices is not null && !AsJob)
        {
            PriceWarning.Write(this, _prices);
        }

        if (IsWhatIf && _estimates is { Count: > 1 } costs)
        {
            ShouldProcess(Counted.Of(costs.Count, "item"), "In all" + (costs.Contains(null) ? ": the cost is not known" : Counted.Cost(costs.Sum())));
        }
    }

    /// <summary>Asks whether an item may cost what it will, or tells with <c>-WhatIf</c>, at the end for all items together.</summary>
    /// <param name="target">What it is about.</param>
    /// <param name="operation">What is to be done.</param>
    /// <param name="estimate">About what it will take.</param>
    /// <returns>Whether it may.</returns>
    private protected bool ShouldSpend(string target, string operation, UnitEstimate estimate)
    {
        (_estimates ??= []).Add(estimate.Cost);
        return ShouldProcess(target, $"{operation} ({estimate})");
    }

    /// <summary>Reads the prices, and what the run may use.</summary>
    /// <returns>The budget; null for no limit.</returns>
    /// <exception cref="ChatServiceException">The prices cannot be read, or the limits cannot be.</exception>
    private protected Budget? OpenBudget()
    {
        _prices = PriceTable is null ? null : PriceTableReader.Read(this, PriceTable);
        UsePrices(_prices);
        return IsBound(nameof(MaxTotalToken)) || IsBound(nameof(MaxCost))
            ? new Budget(Given(nameof(MaxTotalToken), MaxTotalToken), Given(nameof(MaxCost), MaxCost), KnownPrices())
            : null;
    }

    /// <summary>Opens the checkpoint, if there is to be one, and counts what its answers took.</summary>
    /// <param name="parameters">The parameters that shape the answers.</param>
    /// <param name="budget">What the run may use; null for no limit.</param>
    /// <returns>The checkpoint, which is closed at the end of the run.</returns>
    /// <exception cref="ChatServiceException">It cannot be used; it says why.</exception>
    private protected Checkpoint? OpenCheckpoint(IReadOnlyDictionary<string, object?> parameters, Budget? budget)
    {
        Checkpoint? checkpoint = OpenCheckpoint(parameters);
        if (checkpoint is not null)
        {
            // The limit is that of the whole run, however often it was broken off.
            budget?.AddSpent(checkpoint.StoredTokens, checkpoint.StoredCost, checkpoint.StoredCount, checkpoint.LargestOutput);
        }

        return checkpoint;
    }

    /// <summary>Gets whether nothing is to be sent.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue("WhatIfPreference") is { } preference && LanguagePrimitives.IsTrue(preference);

    private PriceTable? KnownPrices()
    {
        try
        {
            return Connected().Settings.PricesFor(Settings);
        }
        catch (ChatServiceException)
        {
            return Settings.Prices ?? Settings.UsualPrices;
        }
    }
}
