using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Module;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Looks at tasks, and lists those that were handed in.</summary>
[Cmdlet(VerbsCommon.Get, "ChatGeneration", DefaultParameterSetName = AllSet)]
[OutputType(typeof(ChatGeneration), typeof(ChatJob))]
public sealed class GetChatGenerationCommand : GenerationTaskCmdlet
{
    private const string AllSet = "All";

    // Whatever has not ended by then never will.
    private static readonly TimeSpan LongestTask = TimeSpan.FromDays(1);

    private Batch<ChatGeneration>? _batch;
    private ServiceConnection? _service;
    private (string Family, string? Form) _kind;

    /// <summary>Lists what was handed in by the connection as it was seen last, without asking the service.</summary>
    [Parameter(ParameterSetName = AllSet, HelpMessage = "Lists what was handed in by the connection as it was seen last, without asking the service.")]
    [Runs]
    public SwitchParameter All { get; set; }

    /// <summary>The most tasks to list.</summary>
    [Parameter(ParameterSetName = AllSet, HelpMessage = "The most tasks to list, the newest of them.")]
    [Runs]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AllSet)
        {
            Attempt(null, List);
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        _batch?.Send();
        base.EndProcessing();
    }

    private protected override void Take(ChatGeneration task, object item) => Hold(Connected(task.Connection), task, item, isKnown: false);

    private void List()
    {
        if (Service is not null)
        {
            GenerationCatalog.Require(Service);
        }

        ServiceConnection service = Connected();
        DateTimeOffset oldest = DateTimeOffset.UtcNow - LongestTask;
        IEnumerable<ChatGeneration> tasks = ModuleState.Generations.Read(service.Settings).Where(task => Service is null || task.Service.Equals(Service, StringComparison.OrdinalIgnoreCase));
        foreach (ChatGeneration task in IsBound(nameof(First)) ? tasks.Take(First) : tasks)
        {
            NextIndex();
            Hold(service, task, task, isKnown: All || task.IsDone || task.SubmittedAt < oldest);
        }
    }

    private void Hold(ServiceConnection service, ChatGeneration task, object item, bool isKnown)
    {
        if (_batch is null || (!isKnown && (_service != service || _kind != (task.Service, task.Form))))
        {
            _batch?.Send();
            _service = isKnown ? null : service;
            _kind = (task.Service, task.Form);
            _batch = new Batch<ChatGeneration>(isKnown ? 1 : service.Generations.MostAtOnce(task), items => Look(service, items));
        }

        _batch.Hold(new BatchItem<ChatGeneration>(task, item, isKnown, CurrentIndex ?? 0));
    }

    private void Look(ServiceConnection service, IReadOnlyList<BatchItem<ChatGeneration>> items) => Run(items.Count == 1 ? items[0].Input : null, async (output, token) =>
    {
        Queue<object> seen = new(await SeeAsync(service, [.. items.Where(item => !item.IsStored).Select(item => item.Content)], output, token));
        foreach (BatchItem<ChatGeneration> item in items)
        {
            object now = item.IsStored ? item.Content : seen.Dequeue();
            if (now is ChatServiceException failure)
            {
                output.Fail(item.Input, failure, item.Index);
                continue;
            }

            if (!item.IsStored)
            {
                Remember(service, item.Content, (ChatGeneration)now, output);
            }

            await output.EmitAsync(now, token);
        }

        return null;
    }, items.Count);

    // A failure of the call is that of each of its tasks.
    private async Task<IEnumerable<object>> SeeAsync(ServiceConnection service, ChatGeneration[] tasks, ItemOutput output, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ChatGeneration?> seen = await service.Generations.LookAsync(tasks, Call(output), cancellationToken);
            return seen.Select((now, place) => (object?)now ?? GenerationService.Unknown(tasks[place]));
        }
        catch (ChatServiceException failure) when (!Errors.EndsRun(failure))
        {
            return tasks.Select(_ => (object)failure);
        }
    }
}
