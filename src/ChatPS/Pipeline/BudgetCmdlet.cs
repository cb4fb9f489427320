using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
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
    private long _tokens;
    private BatchOutlet? _outlet;

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
        if (_outlet is not null)
        {
            FinishBatch(_outlet);
        }

        base.EndProcessing();
        if (_prices is not null && !AsJob)
        {
            PriceWarning.Write(this, _prices);
        }

        if (IsWhatIf && _estimates is { Count: > 1 } costs)
        {
            ShouldProcess(Counted.Of(costs.Count, "item"), "In all" + (_tokens > 0 ? $": about {_tokens} tokens in" : "") + (costs.Contains(null) ? $"{(_tokens > 0 ? "," : ":")} the cost is not known" : Counted.Cost(costs.Sum())));
        }
    }

    /// <summary>Asks whether an item may cost what it will, or tells with <c>-WhatIf</c>, at the end for all items together.</summary>
    /// <param name="target">What it is about.</param>
    /// <param name="operation">What is to be done.</param>
    /// <param name="estimate">About what it will take.</param>
    /// <param name="tokens">The tokens in, where the sum of them says something.</param>
    /// <returns>Whether it may.</returns>
    private protected bool ShouldSpend(string target, string operation, UnitEstimate estimate, long tokens = 0)
    {
        _tokens += tokens;
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

    /// <summary>Gets or sets what takes the requests where they are handed in as a batch; null where they are sent.</summary>
    private protected BatchOutlet? Outlet
    {
        get => _outlet;
        set => _outlet = value;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _outlet?.Dispose();
        }
    }

    /// <summary>Gets ready to hand requests in as a batch. Nothing is written yet.</summary>
    /// <param name="service">The connection of all of them.</param>
    /// <param name="kind">What they ask for.</param>
    /// <param name="path">The file of the batch, as the user gave it; null for none.</param>
    /// <param name="stray">The name of a parameter that does not go with a batch; null for none.</param>
    /// <param name="parameters">The parameters that shape the answers.</param>
    /// <param name="output">What becomes of the answers; null for nothing.</param>
    /// <returns>What takes the requests.</returns>
    /// <exception cref="ChatServiceException">They cannot be handed in so; it says why.</exception>
    private protected BatchOutlet OpenBatch(
        ServiceConnection service, ChatBatchKind kind, string? path, string? stray, IReadOnlyDictionary<string, object?> parameters, IReadOnlyDictionary<string, object?>? output = null)
    {
        BatchHandover? given = BatchHandover.Take();
        if ((AsJob ? nameof(AsJob) : stray) is { } name)
        {
            throw Failures.Invalid($"-{name} does not go with a batch, whose requests the service answers in its own time.", $"Leave out -{name}, or ask without a batch.");
        }

        OpenBudget();
        bool isPreview = given?.IsWhatIf ?? IsWhatIf;
        BatchPlan plan = new(given?.Path ?? (path is null ? isPreview ? "batch.json" : BatchService.NewPath() : GetUnresolvedProviderPathFromPSPath(path)), MyInvocation.MyCommand.Name)
        {
            For = given?.For,
            Parameters = parameters,
            Output = output,
            MostRequests = given?.PartLimit,
            MostTokens = given?.PartTokenLimit,
            ExpiresAfter = given?.ExpiresAfter,
            Metadata = given?.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal),
            MaxCost = Given(nameof(MaxCost), MaxCost),
            MaxTotalTokens = Given(nameof(MaxTotalToken), MaxTotalToken),
            Replaces = given?.Force == true,
            IsPreview = isPreview,
        };
        BatchSender sender = BatchSender.Begin(service, kind, plan, isPreview ? null : OpenCheckpoint(parameters), Settings);
        return new BatchOutlet(given?.Owner ?? this, sender, plan, service.Settings.Name);
    }

    // The checkpoint is for others from then on: the service takes its time.
    private void FinishBatch(BatchOutlet outlet)
    {
        if (!outlet.HasRequests())
        {
            return;
        }

        bool isWanted = Require(outlet.Complete);
        HandOver()();
        if (isWanted)
        {
            Run(null, async (output, token) => await outlet.StartAsync(Call(output), failure => output.Fail(null, failure), token));
        }
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
