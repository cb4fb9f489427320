using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>What cmdlets share that do something with tasks which are there already.</summary>
public abstract class GenerationTaskCmdlet : ParallelCmdlet
{
    private protected const string ObjectSet = "InputObject";
    private protected const string IdSet = "Id";

    private GenerationInput? _input;

    private protected GenerationTaskCmdlet()
    {
    }

    /// <summary>Tasks, also from a file or a job, or their ids.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet, HelpMessage = "Tasks, also from a file or a job, or their ids.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The ids of tasks, or tasks themselves.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "The ids of tasks, or tasks themselves.")]
    [Runs]
    [ArgumentCompleter(typeof(GenerationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public object[] Id { get; set; } = [];

    /// <summary>The family of services, for tasks of which only the id is known.</summary>
    [Parameter(HelpMessage = "The family of services, for tasks of which only the id is known.")]
    [Runs]
    [ArgumentCompleter(typeof(GenerationServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <summary>The form in which the service speaks, for tasks of which only the id is known.</summary>
    [Parameter(HelpMessage = "The form in which the service speaks, for tasks of which only the id is known.")]
    [Runs]
    [ArgumentCompleter(typeof(GenerationFormCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Form { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _input = new GenerationInput(Service, Form, () => Connected(), IsBound(nameof(Connection)), "Pipe in tasks of Start-ChatGeneration, or give -Id and -Service.");
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in ParameterSetName == IdSet ? GenerationInput.Given(Id) : InputObject ?? [null])
        {
            int index = NextIndex();
            Attempt(item, () => Take(_input!.Read(item), item!), index);
        }
    }

    /// <summary>Remembers a task of which the end was seen.</summary>
    /// <param name="service">Its connection.</param>
    /// <param name="before">The task as it was known.</param>
    /// <param name="now">The task as it is now.</param>
    /// <param name="output">The item's output.</param>
    private protected static void Remember(ServiceConnection service, ChatGeneration before, ChatGeneration now, ItemOutput output)
    {
        if (now.IsDone && !(before.IsDone && before.Raw.Length > 0))
        {
            ModuleState.Generations.Note(now, service.Settings, output.Warning);
        }
    }

    /// <summary>Does what the command does with a task.</summary>
    /// <param name="task">The task as far as it is known.</param>
    /// <param name="item">The pipeline item.</param>
    private protected abstract void Take(ChatGeneration task, object item);
}
