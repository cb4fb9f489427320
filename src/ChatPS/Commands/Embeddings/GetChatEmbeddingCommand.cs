using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Gets the vectors of texts.</summary>
[Cmdlet(VerbsCommon.Get, "ChatEmbedding", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatEmbedding), typeof(ChatJob))]
public sealed class GetChatEmbeddingCommand : BatchCmdlet
{
    private const int MostTexts = 2048;

    private ItemText _itemText = ItemText.By(null);
    private ServiceConnection? _service;
    private ChatServiceException? _missing;
    private EmbeddingRun? _run;
    private EmbeddingRequest? _request;
    private Batch<EmbeddingItem>? _texts;
    private string _model = "";
    private int _requests;
    private long _asked;
    private long _tokens;

    /// <summary>Texts, files of text, or objects of which <see cref="Property"/> is taken.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "Texts, files of text, or objects of which Property is taken.")]
    [Runs]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is taken: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is taken, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The embedding model.</summary>
    [Parameter(HelpMessage = "The embedding model.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>How many numbers a vector is to have; not all models give others than their own.</summary>
    [Parameter(HelpMessage = "How many numbers a vector is to have.")]
    [Asks]
    public int Dimension { get; set; }

    /// <summary>What the vectors are for, where the service wants to know.</summary>
    [Parameter(HelpMessage = "What the vectors are for, where the service wants to know.")]
    [Asks]
    [ValidateSet("Query", "Document", "Similarity", "Classification", "Clustering")]
    public string? InputType { get; set; }

    /// <summary>The form that the service understands, where its address does not tell.</summary>
    [Parameter(HelpMessage = "The form that the service understands, where its address does not tell.")]
    [Asks]
    [ArgumentCompleter(typeof(EmbeddingFormCompleter))]
    public string? Form { get; set; }

    /// <summary>The most texts of one request.</summary>
    [Parameter(HelpMessage = "The most texts of one request.")]
    [Runs]
    public int BatchSize { get; set; }

    /// <summary>The connections to ask for the same model, in their order, when the first one fails.</summary>
    [Parameter(HelpMessage = "The connections to ask for the same model, in their order, when the first one fails.")]
    [Runs]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] FallbackConnection { get; set; } = [];

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _itemText = Require(() => ItemText.By(Property));
        try
        {
            _service = Connected();
            _model = _service.ModelFor(Model);
        }
        catch (ChatServiceException failure)
        {
            // Told of each item, so that it can be silenced.
            _missing = failure;
            return;
        }

        Require(Begin);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            int index = NextIndex();
            Attempt(item, () => Take(item, index), index);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        _texts?.Send();
        if (IsWhatIf && _asked > 0)
        {
            ShouldProcess(Texts(_asked), FormattableString.Invariant($"Get vectors, by connection '{_service!.Settings.Name}' in {_requests} {(_requests == 1 ? "request" : "requests")} ({Estimate(_tokens, _requests)})"));
        }

        base.EndProcessing();
    }

    private void Begin()
    {
        EmbeddingRequest request = new()
        {
            Model = _model,
            Dimension = Given(nameof(Dimension), Dimension),
            Use = InputType is null ? null : (EmbeddingUse)Enum.Parse(typeof(EmbeddingUse), InputType, ignoreCase: true),
            Form = Form,
        };
        if (IsBound(nameof(BatchSize)) && BatchSize is < 1 or > MostTexts)
        {
            throw Failures.Invalid($"-BatchSize is {BatchSize}; it must lie between 1 and {MostTexts}.", "Give -BatchSize a value in that range, or leave it out for what the service takes.");
        }

        if (HandsIn())
        {
            BeginBatch(request);
            return;
        }

        ServiceConnection[] services = [_service!, .. FallbackConnection.Select(ServiceOf)];
        Budget? budget = OpenBudget();
        new EmbeddingRun(services, request, checkpoint: null, budget).Validate();
        _run = new EmbeddingRun(services, request, IsWhatIf ? null : OpenCheckpoint(RunParameters.From(this, _model), budget), budget);
        _texts = new Batch<EmbeddingItem>(Given(nameof(BatchSize), BatchSize) ?? _service!.Embeddings.MostTexts(Form), Send, EmbeddingService.MostTokens);
    }

    private void BeginBatch(EmbeddingRequest request)
    {
        new EmbeddingRun([_service!], request, checkpoint: null, budget: null).Validate();
        string? stray = new[] { nameof(BatchSize), nameof(FallbackConnection) }.FirstOrDefault(IsBound);
        Outlet = OpenBatch(_service!, ChatBatchKind.Embedding, BatchPath, stray, RunParameters.From(this, _model));
        _request = request;
    }

    private void Take(object? item, int index)
    {
        if (_missing is not null)
        {
            throw _missing;
        }

        string text = _itemText.Read(item);
        if (Outlet is not null)
        {
            Outlet.Add(new EmbeddingItem(text, item, index), _request!);
            return;
        }

        EmbeddingItem claimed = _run!.Claim(new EmbeddingItem(text, item, index), Settings);
        _texts!.Hold(new BatchItem<EmbeddingItem>(claimed, item, claimed.Slot is { IsStored: true }, index, claimed.Tokens));
    }

    private void Send(IReadOnlyList<BatchItem<EmbeddingItem>> items)
    {
        long asked = items.Count(item => !item.IsStored);
        long tokens = items.Where(item => !item.IsStored).Sum(item => item.Weight);
        if (IsWhatIf)
        {
            _asked += asked;
            _tokens += tokens;
            _requests += asked > 0 ? 1 : 0;
        }
        else if (asked == 0 || ShouldProcess(Texts(asked), $"Get vectors, by connection '{_service!.Settings.Name}' ({Estimate(tokens, 1)})"))
        {
            Run(items, AskAsync, Restore);
        }
    }

    private static string Texts(long count) => Counted.Of(count, "text");

    private string Estimate(long tokens, int requests)
    {
        decimal? cost = _service!.Settings.PricesFor(Settings)?.Cost(_model, tokens, 0, 0, requests);
        return $"about {Counted.Of(tokens, "token")} in{Counted.Cost(cost)}";
    }

    private async Task<IEnumerable<object>> AskAsync(ServiceConnection service, IReadOnlyList<EmbeddingItem> items, CallSettings settings, CancellationToken cancellationToken) =>
        await _run!.EmbedAsync(items, settings, cancellationToken);

    private object Restore(ServiceConnection service, EmbeddingItem item) => _run!.Restore(item, Settings)!;
}
