using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Does with tasks what they offer: presses the buttons below a picture, gives what a task waits for, goes on with a song or a film.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatGenerationAction", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatGeneration), typeof(ChatJob))]
public sealed class InvokeChatGenerationActionCommand : GenerationCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string IdSet = "Id";

    private GenerationInput? _input;

    /// <summary>What to do, such as <c>Upscale1</c>; several make a task each.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "What to do with each task, such as Upscale1, Modal or Extend; several make a task each.")]
    [Asks]
    [ArgumentCompleter(typeof(GenerationActionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Action { get; set; } = [];

    /// <summary>What to make of it, where the action takes a prompt.</summary>
    [Parameter(Position = 1, HelpMessage = "What to make of it, where the action takes a prompt.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string? Prompt { get; set; }

    /// <summary>Tasks, also from a file or a job, or their ids.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet, HelpMessage = "Tasks, also from a file or a job, or their ids.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>The ids of tasks, or tasks themselves.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, HelpMessage = "The ids of tasks, or tasks themselves.")]
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

    /// <summary>The model, where the action takes one.</summary>
    [Parameter(HelpMessage = "The model, where the action takes one.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

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
            Attempt(item, () => Act(item, index), index);
        }
    }

    private protected override IEnumerable<ActionDescription> DescribedActions() => Action.SelectMany(GenerationCatalog.FollowUps);

    private void Act(object? item, int index)
    {
        ChatGeneration task = _input!.Read(item);
        ServiceConnection service = Connected(task.Connection);
        if (!task.IsDone || task.Actions.Count == 0)
        {
            ChatGeneration known = task;
            task = Await(token => service.Generations.LookAsync(known, Settings, token));
        }

        if (!task.IsDone)
        {
            throw Failures.Invalid($"The task {Printable.Line(task.ToString(), 80)} is not done yet; it is {task.Status}.", "Wait for it with Wait-ChatGeneration.");
        }

        foreach (string action in Action)
        {
            // What stood at the beginning of the pipeline says more than the task in between, which ParentId names.
            GenerationRequest request = new() { Service = task.Service, Action = action, Form = task.Form, Prompt = Prompt, Model = Model, Parameters = Own, Parent = task, Input = task.Input ?? item, Index = index };
            Attempt(item, () => Submit(service, request, item), index);
        }
    }
}
