using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>What cmdlets share that hand in tasks.</summary>
public abstract class GenerationCmdlet : CheckpointCmdlet, IDynamicParameters
{
    private GenerationParameters _own = GenerationParameters.Of([]);
    private Checkpoint? _checkpoint;
    private int _started;

    private protected GenerationCmdlet()
    {
    }

    /// <summary>The address that the service calls when a task goes on.</summary>
    [Parameter(HelpMessage = "The address that the service calls when a task goes on, where it can.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? NotifyUri { get; set; }

    /// <summary>The most tasks that the run may hand in.</summary>
    [Parameter(HelpMessage = "The most tasks that the run may hand in, those of a checkpoint included.")]
    [Runs]
    [ValidateRange(1, int.MaxValue)]
    public int MaxGeneration { get; set; }

    /// <summary>Hands in once more what an earlier run may have handed in just when it ended.</summary>
    [Parameter(HelpMessage = "Hands in once more what an earlier run may have handed in just when it ended.")]
    [Runs]
    public SwitchParameter Resubmit { get; set; }

    /// <inheritdoc />
    public object? GetDynamicParameters()
    {
        _own = GenerationParameters.Of(DescribedActions());
        return _own.Defined;
    }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Own = Require(() => _own.Read(this));
        _checkpoint = Require(() =>
        {
            Dictionary<string, object?> shaping = RunParameters.From(this, model: null);
            foreach (KeyValuePair<string, object?> given in Own.Where(given => given.Value is not (GenerationPicture or List<object?>)))
            {
                shaping[given.Key] = given.Value;
            }

            return OpenCheckpoint(shaping);
        });
    }

    /// <summary>Gets what was given to the parameters that the actions have of their own.</summary>
    private protected IReadOnlyDictionary<string, object?> Own { get; private set; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the actions whose parameters are to be shown.</summary>
    /// <returns>The actions.</returns>
    private protected abstract IEnumerable<ActionDescription> DescribedActions();

    /// <summary>Hands in a task, unless an earlier run has.</summary>
    /// <param name="service">The connection.</param>
    /// <param name="asked">What to make.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void Submit(ServiceConnection service, GenerationRequest asked, object? item)
    {
        GenerationRequest request = service.Generations.Prepare(asked with { NotifyUri = NotifyUri });
        CheckpointSlot? slot = _checkpoint is null || request.IsAtOnce ? null : service.Generations.Claim(request, Settings, _checkpoint);
        if (slot is not null && KeptGenerations.Restore(slot, request, Resubmit) is { } known)
        {
            _started++;
            Run(item, (_, _) => Task.FromResult<object?>(known));
            return;
        }

        if (IsBound(nameof(MaxGeneration)) && _started >= MaxGeneration)
        {
            throw new ChatServiceException(ErrorIds.BudgetExceeded, $"The run has handed in {Counted.Of(_started, "task")}, as many as -MaxGeneration allows.", "Raise -MaxGeneration, or leave it out. Those that were handed in are there: Get-ChatGeneration lists them, and with -CheckpointPath a further run hands in only the rest.");
        }

        if (!ShouldProcess(Describe(request), $"{request.Action} by {request.Service}{GenerationSummary.Of(request)}, by connection '{service.Settings.Name}'"))
        {
            return;
        }

        _started++;
        Run(item, async (output, token) =>
        {
            ChatGeneration task = await KeptGenerations.SubmitAsync(service.Generations, request, slot, Call(output), token);
            ModuleState.Generations.Note(task, service.Settings, output.Warning);
            return task;
        });
    }

    private static string Describe(GenerationRequest request) => Printable.Line(request.Prompt ?? request.Parent?.ToString() ?? request.Input?.ToString() ?? request.Service, 100);
}
