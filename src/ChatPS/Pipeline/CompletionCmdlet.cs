using System.Collections;
using System.Management.Automation;
using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>What cmdlets take whose answers are written by a model.</summary>
public abstract class CompletionCmdlet : BudgetCmdlet
{
    private static int _isWarm;

    private protected CompletionCmdlet()
    {
    }

    /// <summary>The model; several are asked each.</summary>
    [Parameter(HelpMessage = "The model; several are asked each.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Model { get; set; }

    /// <summary>0 (focused) to 2 (random).</summary>
    [Parameter(HelpMessage = "0 (focused) to 2 (random).")]
    [Asks]
    public double Temperature { get; set; }

    /// <summary>The share of likeliest tokens to choose from, 0 to 1.</summary>
    [Parameter(HelpMessage = "The share of likeliest tokens to choose from, 0 to 1.")]
    [Asks]
    public double TopP { get; set; }

    /// <summary>How many answers to give.</summary>
    [Parameter(HelpMessage = "How many answers to give.")]
    [Asks]
    public int N { get; set; }

    /// <summary>The most tokens of an answer; for chat, what older models and servers understand.</summary>
    [Parameter(HelpMessage = "The most tokens of an answer; for chat, what older models and servers understand.")]
    [Asks]
    public int MaxTokens { get; set; }

    /// <summary>Texts that end the answer.</summary>
    [Parameter(HelpMessage = "Texts that end the answer.")]
    [Asks]
    public string[]? Stop { get; set; }

    /// <summary>Above 0 favours new subjects.</summary>
    [Parameter(HelpMessage = "Above 0 favours new subjects.")]
    [Asks]
    public double PresencePenalty { get; set; }

    /// <summary>Above 0 avoids repetition.</summary>
    [Parameter(HelpMessage = "Above 0 avoids repetition.")]
    [Asks]
    public double FrequencyPenalty { get; set; }

    /// <summary>Token number to bias.</summary>
    [Parameter(HelpMessage = "Token number to bias.")]
    [Asks]
    public IDictionary? LogitBias { get; set; }

    /// <summary>Asks for the same answer to the same request.</summary>
    [Parameter(HelpMessage = "Asks for the same answer to the same request.")]
    [Asks]
    public long Seed { get; set; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    [Parameter(HelpMessage = "A hash that tells the service's end users apart.")]
    [Asks]
    public string? User { get; set; }

    /// <summary>Emits the answer piece by piece as it arrives.</summary>
    [Parameter(HelpMessage = "Emits the answer piece by piece as it arrives.")]
    [Runs(InSession = true)]
    public SwitchParameter Stream { get; set; }

    /// <summary>Whether the service pads streamed events against eavesdropping on their size.</summary>
    [Parameter(HelpMessage = "Whether the service pads streamed events against eavesdropping on their size.")]
    [Asks]
    public bool IncludeObfuscation { get; set; }

    /// <summary>Writes the text to the host as it arrives, and emits the whole answer at its end.</summary>
    [Parameter(HelpMessage = "Writes the text to the host as it arrives, and emits the whole answer at its end.")]
    [Runs(InSession = true)]
    public SwitchParameter Show { get; set; }

    /// <summary>The models to ask, in their order, when the first one fails.</summary>
    [Parameter(HelpMessage = "The models to ask, in their order, when the first one fails.")]
    [Runs(InSession = true)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? FallbackModel { get; set; }

    /// <summary>The failures that lead to the next model.</summary>
    [Parameter(HelpMessage = "The failures that lead to the next model.")]
    [Runs(InSession = true)]
    [ValidateSet("Failure", "ModelNotFound", "ContextTooLong", "ContentFiltered")]
    public string[]? FallbackOn { get; set; }

    /// <summary>Hands the requests in as one batch, which the service answers in its own time for less, and emits that.</summary>
    [Parameter(HelpMessage = "Hands the requests in as one batch, which the service answers in its own time for less, and emits that.")]
    [Runs]
    public SwitchParameter AsBatch { get; set; }

    /// <summary>The file that remembers the batch; one in the configuration folder if not given.</summary>
    [Parameter(HelpMessage = "The file that remembers the batch; one in the configuration folder if not given.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? BatchPath { get; set; }

    /// <summary>Gets what the requests of a batch ask for.</summary>
    private protected abstract ChatBatchKind BatchKind { get; }

    /// <summary>Gets the name of a parameter that was given and does not go with a batch; null for none.</summary>
    private protected virtual string? StrayInBatch => Stream ? nameof(Stream) : Show ? nameof(Show) : FallbackModel is not null ? nameof(FallbackModel) : null;

    /// <summary>Gets what becomes of the answers of a batch; null for nothing.</summary>
    private protected virtual IReadOnlyDictionary<string, object?>? BatchOutput => null;

    /// <summary>Gets whether the run may write its checkpoint.</summary>
    private protected virtual bool WritesCheckpoint => true;

    /// <summary>Gets what the run keeps to.</summary>
    private protected RunPlan Plan { get; private set; } = RunPlan.None;

    /// <summary>Gets the models that each item is put to, in their order.</summary>
    private protected AskedModel[] Models { get; private set; } = AskedModel.ByDefault;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Models = Model is null ? AskedModel.ByDefault : Require(() => AskedModel.Read(Model, Connection));
        if (Interlocked.Exchange(ref _isWarm, 1) == 0)
        {
            WarmUp();
        }
    }

    /// <inheritdoc />
    internal override object Shape(object output) => output is not ChatAnswer answer ? output
        : Show ? AnswerView.Mark(answer, AnswerView.Shown)
        : IsOnlyItem ? AnswerView.Mark(answer, AnswerView.Single)
        : output;

    /// <summary>Reads what the run keeps to, before anything is sent.</summary>
    private protected void BeginRun()
    {
        if (AsBatch || BatchPath is not null)
        {
            Outlet = Require(BeginBatch);
        }
        else
        {
            BeginLiveRun();
        }
    }

    private BatchOutlet BeginBatch()
    {
        if (!AsBatch)
        {
            throw Failures.Invalid($"-BatchPath is '{BatchPath}', but -AsBatch was not given.", "Give -AsBatch, or leave -BatchPath out.");
        }

        ServiceConnection[] services = [.. Models.Select(asked => Connected(asked.Connection)).Distinct()];
        return services.Length == 1
            ? OpenBatch(services[0], BatchKind, BatchPath, StrayInBatch, RunParameters.From(this, KnownModel()), BatchOutput)
            : throw Failures.Invalid($"-Model names models of {services.Length} connections; a batch holds the requests of one.", "Make a batch for each connection.");
    }

    private void BeginLiveRun() => Plan = Require(() =>
    {
        Budget? budget = OpenBudget();
        ModelFallback fallback = FallbackModels.Read(FallbackModel, FallbackOn, Connection);
        Checkpoint? checkpoint = !WritesCheckpoint || (CheckpointPath is null && !IsBound(nameof(CheckpointMode))) ? null : OpenCheckpoint(RunParameters.From(this, KnownModel()), budget);
        return checkpoint is null && budget is null && fallback.Models.Count == 0 ? RunPlan.None : new RunPlan { Checkpoint = checkpoint, Budget = budget, Fallback = fallback };
    });

    // Once a process: types are loaded for all connections.
    private void WarmUp()
    {
        try
        {
            Connected().WarmUp();
        }
        catch (ChatServiceException)
        {
            // Each item may bring its own; what is wrong will be said there.
        }
    }

    // One by its name, several as a list.
    private object? KnownModel() => Models.Length == 1 ? KnownModel(Models[0]) : Models.Select(KnownModel).ToList();

    private object? KnownModel(AskedModel asked)
    {
        try
        {
            return Connected(asked.Connection).ModelFor(asked.Model);
        }
        catch (ChatServiceException)
        {
            // Each item may bring its own.
            return asked.Model;
        }
    }

    private protected void CheckStreaming()
    {
        if (Models.Length > 1)
        {
            AskedModel.RefuseBeside(Stream ? nameof(Stream) : Show ? nameof(Show) : FallbackModel is not null ? nameof(FallbackModel) : null);
        }

        if (Stream && Show)
        {
            throw Failures.Invalid("-Stream and -Show were given together; the pieces and the text would run into each other on the screen.", "Use -Show to read along, or -Stream to work with the pieces.");
        }

        if (Show && AsJob)
        {
            throw Failures.Invalid("-Show and -AsJob were given together; a job has no screen to write on.", "Leave out -Show, and read with Receive-Job.");
        }
    }

    /// <summary>Reads a streamed answer: emits its pieces, or shows them and gives back the whole.</summary>
    /// <typeparam name="T">A piece.</typeparam>
    /// <param name="updates">The pieces.</param>
    /// <param name="whole">Finds the whole answer in the last piece.</param>
    /// <param name="output">The item's output.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The last object to write.</returns>
    private protected async Task<object?> ReadAsync<T>(IAsyncEnumerable<T> updates, Func<T, ChatAnswer?> whole, ItemOutput output, CancellationToken cancellationToken)
        where T : ChatAnswerUpdate
    {
        // What came of a job's pieces is in the job.
        StringBuilder arrived = new();
        try
        {
            await foreach (T update in updates.WithCancellation(cancellationToken))
            {
                ChatAnswer? answer = whole(update);
                if (update.Index == 0)
                {
                    arrived.Append(update.Text);
                    if (Show)
                    {
                        string text = answer is null ? Printable.Text(update.Text) : Environment.NewLine;
                        output.Post(() =>
                        {
                            HideProgress();
                            Host.UI.Write(text);
                        });
                    }
                }

                if (answer is not null)
                {
                    return Stream ? update : answer;
                }

                if (Stream)
                {
                    await output.EmitAsync(update, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && arrived.Length > 0 && !AsJob)
        {
            throw new ChatServiceException(ErrorIds.StreamTruncated, "The command was stopped before the answer was whole.", "What had arrived is in the PartialText of this error's exception.")
            {
                PartialText = arrived.ToString(),
            };
        }

        return null;
    }
}
