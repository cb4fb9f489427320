using System.Collections;
using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Hands in requests as one batch, which the service answers in its own time for less.</summary>
[Cmdlet(VerbsLifecycle.Start, "ChatBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatBatch))]
public sealed class StartChatBatchCommand : ServiceCmdlet, IDynamicParameters
{
    private static readonly string[] OfCalls = [nameof(Path), nameof(Connection), nameof(TimeoutSec), nameof(MaxRetry), nameof(AdditionalHeader), nameof(AdditionalQuery)];

    private RuntimeDefinedParameterDictionary? _parameters;
    private SteppablePipeline? _pipeline;

    /// <summary>What the requests are about, as the command of <see cref="For"/> takes it; or a batch to go on with.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "What the requests are about, as the command of -For takes it; or a batch to go on with.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>What is asked for, and so whose parameters there are.</summary>
    [Parameter(HelpMessage = "What is asked for, and so whose parameters there are.")]
    [Runs]
    public ChatBatchKind For { get; set; }

    /// <summary>The file that remembers the batch; one in the configuration folder if not given.</summary>
    [Parameter(HelpMessage = "The file that remembers the batch; one in the configuration folder if not given.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The most requests of a part; what the service takes if not given.</summary>
    [Parameter(HelpMessage = "The most requests of a part; what the service takes if not given.")]
    [Runs]
    public int PartLimit { get; set; }

    /// <summary>The most tokens of a part, by estimate, where the service's queue holds only so many.</summary>
    [Parameter(HelpMessage = "The most tokens of a part, by estimate, where the service's queue holds only so many.")]
    [Runs]
    public long PartTokenLimit { get; set; }

    /// <summary>How long the service keeps what was uploaded and what it answers.</summary>
    [Parameter(HelpMessage = "How long the service keeps what was uploaded and what it answers.")]
    [Runs]
    public TimeSpan ExpiresAfter { get; set; }

    /// <summary>Labels that the service keeps with each part.</summary>
    [Parameter(HelpMessage = "Labels that the service keeps with each part.")]
    [Runs]
    public IDictionary? BatchMetadata { get; set; }

    /// <summary>Replaces a batch that the file remembers already.</summary>
    [Parameter(HelpMessage = "Replaces a batch that the file remembers already.")]
    [Runs]
    public SwitchParameter Force { get; set; }

    /// <summary>Asks again for what of the batch expired, was stopped, was never run, or failed in a way that may pass.</summary>
    [Parameter(HelpMessage = "Asks again for what of the batch expired, was stopped, was never run, or failed in a way that may pass.")]
    [Runs]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>Gets the parameters of the command whose requests are handed in.</summary>
    /// <returns>The parameters.</returns>
    public object GetDynamicParameters() => _parameters ??= BatchTarget.For(For).ParametersBeside(GetType());

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!MyInvocation.ExpectingInput && !IsBound(nameof(InputObject)) && !AsksForSomething())
        {
            Require(() => Path is null ? throw Failures.Invalid("There is neither input nor a batch to go on with.", "Pipe in what the requests are about, or give -Path of a batch.") : true);
            GoOn(GetUnresolvedProviderPathFromPSPath(Path!), null, null);
        }
        else if (!MyInvocation.ExpectingInput && InputObject is not null && Batch(InputObject) is null)
        {
            Open(InputObject);
            Step(pipeline => pipeline.Process());
        }
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Batch(InputObject) is { } batch)
        {
            GoOn(batch.Path, batch.Connection, batch);
        }
        else if (MyInvocation.ExpectingInput)
        {
            if (_pipeline is null)
            {
                Open(null);
            }

            Step(pipeline => pipeline.Process(InputObject));
        }
        else if (_pipeline is null && AsksForSomething())
        {
            Open(null);
            Step(pipeline => pipeline.Process());
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_pipeline is not null)
        {
            Step(pipeline => pipeline.End());
        }

        base.EndProcessing();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _pipeline?.Dispose();
        }
    }

    private static ChatBatch? Batch(object? item) => Bare.Of(item) as ChatBatch;

    private bool AsksForSomething() => MyInvocation.BoundParameters.Keys.Any(name => Array.IndexOf(OfCalls, name) < 0 && _parameters?.ContainsKey(name) == true);

    private void Open(object? input)
    {
        Require(() => RetryFailed ? throw Failures.Invalid("-RetryFailed was given with input; it is about a batch that is there.", "Give -Path of the batch alone, or pipe the batch in.") : true);
        BatchHandover given = Require(() => new BatchHandover(this)
        {
            Path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path),
            For = Given(nameof(For), For),
            PartLimit = Given(nameof(PartLimit), PartLimit),
            PartTokenLimit = Given(nameof(PartTokenLimit), PartTokenLimit),
            ExpiresAfter = Given(nameof(ExpiresAfter), ExpiresAfter),
            Metadata = PlainObject.ToStrings(BatchMetadata),
            Force = Force,
            IsWhatIf = IsWhatIf,
        });
        _pipeline = BatchTarget.For(For).Open(MyInvocation.BoundParameters, input, MyInvocation.CommandOrigin);
        Step(pipeline => given.Over(() => pipeline.Begin(this)));
    }

    // What ends the command is told in this one's name: it is about the batch, and no item.
    private void Step(Action<SteppablePipeline> step)
    {
        try
        {
            step(_pipeline!);
        }
        catch (CmdletInvocationException exception) when (exception.InnerException is ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, Path));
        }
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : GetVariableValue("WhatIfPreference") is { } preference && LanguagePrimitives.IsTrue(preference);

    private void GoOn(string? path, string? preferred, object? item) => Attempt(item, () =>
    {
        if (path is null)
        {
            throw Failures.Invalid("The batch is one of another program: nothing of it waits here.", "Wait for it with Wait-ChatBatch.");
        }

        ServiceConnection service = Connected(preferred ?? BatchService.Read(path).Connection);
        if (ShouldProcess(path, $"Go on with the batch, by connection '{service.Settings.Name}'"))
        {
            Run(item, async (output, token) => RetryFailed ? await service.Batches.RetryAsync(path, Call(output), token) : await service.Batches.StartAsync(path, Call(output), token));
        }
    });
}
