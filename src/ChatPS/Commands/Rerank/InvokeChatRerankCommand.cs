using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Rerank;
using ChatPS.Client.Usage;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Prices;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Puts texts or objects in the order in which they fit a query.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatRerank", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatRerankResult))]
public sealed class InvokeChatRerankCommand : ServiceCmdlet
{
    private readonly List<(string Text, object? Input, int Index)> _documents = [];
    private ItemText _itemText = ItemText.By(null);
    private PriceTable? _prices;
    private int _items;

    /// <summary>What the items are to fit.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What the items are to fit.")]
    [Asks]
    public string Query { get; set; } = "";

    /// <summary>Texts, files of text, or objects of which <see cref="Property"/> is judged.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "Texts, files of text, or objects of which Property is judged.")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is judged: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is judged, or a script block.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The reranking model.</summary>
    [Parameter(HelpMessage = "The reranking model.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>How many of the best to give.</summary>
    [Parameter(HelpMessage = "How many of the best to give.")]
    [Asks]
    [Alias("First")]
    public int Top { get; set; }

    /// <summary>The form that the service understands, where its address does not tell.</summary>
    [Parameter(HelpMessage = "The form that the service understands, where its address does not tell.")]
    [Asks]
    [ArgumentCompleter(typeof(RerankFormCompleter))]
    public string? Form { get; set; }

    /// <summary>Prices by model, in a hashtable, rows or a CSV file.</summary>
    [Parameter(HelpMessage = "Prices by model, in a hashtable, rows or a CSV file.")]
    [Runs]
    public object? PriceTable { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _itemText = Require(() => ItemText.By(Property));
        if (PriceTable is not null)
        {
            _prices = Require(() => PriceTableReader.Read(this, PriceTable));
            UsePrices(_prices);
        }
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            int index = _items++;
            Attempt(item, () => _documents.Add((_itemText.Read(item), item, index)), index);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_documents.Count > 0)
        {
            Attempt(Query, Rank);
        }

        base.EndProcessing();
        if (_prices is not null)
        {
            PriceWarning.Write(this, _prices);
        }
    }

    private void Rank()
    {
        ServiceConnection service = Connected();
        if (!ShouldProcess($"{_documents.Count} texts", $"Rank, by connection '{service.Settings.Name}' (about {RerankService.EstimateTokens(Query, _documents)} tokens in{Cost(service)})"))
        {
            return;
        }

        if (_documents.Count > RerankService.MostDocuments)
        {
            WriteWarning($"{_documents.Count} texts go out in parts of {RerankService.MostDocuments}. Their order is right where the model's scores do not depend on the other texts of a request.");
        }

        Run(Query, async (output, token) =>
        {
            IReadOnlyList<ChatRerankResult> results = await new RerankService(service).RankAsync(Query, _documents, Model, Given(nameof(Top), Top), Form, Call(output), token);
            foreach (ChatRerankResult result in results)
            {
                await output.EmitAsync(result, token);
            }

            int wanted = Math.Min(Given(nameof(Top), Top) ?? int.MaxValue, _documents.Count);
            if (results.Count < wanted)
            {
                output.Warning($"The service gave a score to {results.Count} of {wanted} texts.");
            }

            return null;
        });
    }

    private string Cost(ServiceConnection service) =>
        new RerankService(service).EstimateCost(Query, _documents, Model, Settings) is { } cost ? FormattableString.Invariant($", about {cost:0.00##########################} in cost") : "";
}
