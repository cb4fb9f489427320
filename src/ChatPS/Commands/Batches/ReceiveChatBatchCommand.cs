using System.Management.Automation;
using ChatPS.Client.BatchAnswers;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Prices;
using ChatPS.Scheduling;
using ChatPS.Typed;

namespace ChatPS.Commands;

/// <summary>Fetches the results of batches, and emits of each request the object that asking live would have given, in the order of the input.</summary>
[Cmdlet(VerbsCommunications.Receive, "ChatBatch", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ChatCompletion), typeof(ChatTextCompletion), typeof(ChatEmbedding), typeof(ChatModeration), typeof(PSObject), typeof(ChatJob))]
public sealed class ReceiveChatBatchCommand : CheckpointCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string PathSet = "Path";

    private readonly List<BatchReceipt> _receipts = [];
    private PriceTable? _prices;
    private Checkpoint? _checkpoint;
    private int? _place;

    /// <summary>The files of the states of batches, as Start-ChatBatch wrote them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, HelpMessage = "The files of the states of batches, as Start-ChatBatch wrote them.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Batches, or the files of their states.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet, HelpMessage = "Batches, or the files of their states.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>Waits until the service is done with the batch.</summary>
    [Parameter(HelpMessage = "Waits until the service is done with the batch.")]
    [Runs]
    public SwitchParameter Wait { get; set; }

    /// <summary>Takes what has ended, and passes over the parts that are not done.</summary>
    [Parameter(HelpMessage = "Takes what has ended, and passes over the parts that are not done.")]
    [Runs]
    public SwitchParameter Partial { get; set; }

    /// <summary>The type of the answers, where this session does not know it by its name.</summary>
    [Parameter(HelpMessage = "The type of the answers, where this session does not know it by its name.")]
    [Runs]
    public Type? OutputType { get; set; }

    /// <summary>Prices by model, in a hashtable, rows or a CSV file.</summary>
    [Parameter(HelpMessage = "Prices by model, in a hashtable, rows or a CSV file.")]
    [Runs]
    public object? PriceTable { get; set; }

    private protected override int? CurrentIndex => _place;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        // What is there has been paid for: no failure keeps the rest back, unless that is asked for.
        MaxFailure ??= 0;
        base.BeginProcessing();
        Require(() => Wait && Partial ? throw Failures.Invalid("-Wait and -Partial were given together: the one waits for all parts, the other passes over those that are not done.", "Leave out one of the two.") : true);
        _prices = Require(() => PriceTable is null ? null : PriceTableReader.Read(this, PriceTable));
        UsePrices(_prices);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in ParameterSetName == PathSet ? Path : InputObject ?? [null])
        {
            _place = null;
            Attempt(item, () => Array.ForEach(ParameterSetName == PathSet ? FilePaths.Resolve(this, (string)item!) : [PathOf(item)], path => Attempt(item, () => Receive(item, path))));
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_prices is not null && !AsJob)
        {
            PriceWarning.Write(this, _prices);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Release();
        }
    }

    private protected override Action HandOver()
    {
        Action closeCheckpoint = base.HandOver();
        BatchReceipt[] receipts = [.. _receipts];
        _receipts.Clear();
        return () =>
        {
            closeCheckpoint();
            Array.ForEach(receipts, receipt => receipt.Dispose());
        };
    }

    private void Receive(object? item, string path)
    {
        _place = null;
        BatchReceipt receipt = BatchReceipt.Open(path);
        _receipts.Add(receipt);
        ServiceConnection service = Connected(receipt.Connection);
        TypedOutput? typed = TypedOutputOf(receipt);
        OpenCheckpoint(receipt);
        if (typed is { Merges: true } && !receipt.HasInputs)
        {
            WriteWarning($"What '{path}' was made from is not here, so that the answers cannot be merged with their rows. Bring along the folder beside the file, from the machine where the batch was begun.");
        }

        TaskCompletionSource<bool> prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Run(item, async (output, token) =>
        {
            try
            {
                await receipt.PrepareAsync(service, Call(output), Wait, Partial, token);
            }
            finally
            {
                prepared.SetResult(receipt.IsPrepared);
            }

            return null;
        });
        if (!AsJob)
        {
            FinishAll();
        }

        if (AsJob || receipt.IsPrepared)
        {
            ReceiveAll(receipt, prepared.Task, typed);
        }

        if (!AsJob)
        {
            FinishAll();
            if (receipt.Pending > 0)
            {
                WriteWarning($"{Counted.Of(receipt.Pending, "request")} of '{path}' {(receipt.Pending == 1 ? "has" : "have")} no answer yet.");
            }

            Release();
        }
    }

    private void ReceiveAll(BatchReceipt receipt, Task<bool> prepared, TypedOutput? typed)
    {
        foreach (int number in receipt.Numbers(AsCompleted))
        {
            _place = number - 1;
            Run(target: null, async (output, _) => await prepared ? await ReceiveAsync(receipt, number, typed, output) : null);
        }
    }

    private async Task<object?> ReceiveAsync(BatchReceipt receipt, int number, TypedOutput? typed, ItemOutput output)
    {
        (object? plain, int index) = receipt.ReadInput(number);
        object? item = PlainItem.Of(plain);
        try
        {
            object? answer = await receipt.ReadAsync(number, item, typed?.Format, _checkpoint);
            if (typed is null || answer is not ChatCompletion completion)
            {
                return answer;
            }

            output.EmitMade(item, () => typed.Make(completion));
        }
        catch (ChatServiceException failure) when (!Errors.EndsRun(failure))
        {
            failure.Index = index;
            output.Fail(item, failure, index);
        }

        return null;
    }

    private string PathOf(object? item)
    {
        object? bare = Bare.Of(item);
        string? path = bare switch
        {
            ChatBatch batch => batch.Path ?? throw Failures.Invalid($"The batch '{batch.Id}' was started by another program: what its requests were made from is not known here.", "Give the file that Start-ChatBatch wrote, with -Path."),
            FileInfo file => file.FullName,
            string text => text,
            PSObject row => row.Properties["Path"]?.Value?.ToString(),
            _ => null,
        };
        return path is { Length: > 0 } ? GetUnresolvedProviderPathFromPSPath(path) : throw Failures.Invalid($"'{PlainObject.Text(item)}' is no batch.", "Pipe in batches of Start-ChatBatch or Get-ChatBatch, or the paths of their files.");
    }

    private TypedOutput? TypedOutputOf(BatchReceipt receipt)
    {
        if (receipt.Output is { } kept)
        {
            return TypedOutput.OfPlain(kept, OutputType);
        }

        if (OutputType is null)
        {
            return null;
        }

        AnswerSchema schema = AnswerSchema.OfType(OutputType);
        return new TypedOutput(schema, new OutputFormat(schema.Name, schema.Schema), keepCompletion: false, merge: false, namesModel: false);
    }

    private void OpenCheckpoint(BatchReceipt receipt)
    {
        if (_checkpoint is not null)
        {
            throw Failures.Invalid("-CheckpointPath: a checkpoint takes the answers of one batch, and here comes another.", "Receive each batch by itself, with a file of its own.");
        }

        _checkpoint = OpenCheckpoint(receipt.Parameters, receipt.Command);
    }

    private void Release()
    {
        _receipts.ForEach(receipt => receipt.Dispose());
        _receipts.Clear();
    }
}
