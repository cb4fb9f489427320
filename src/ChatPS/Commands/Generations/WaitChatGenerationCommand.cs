using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Waits until tasks are done, all side by side.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ChatGeneration", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatGeneration), typeof(ChatJob))]
public sealed class WaitChatGenerationCommand : GenerationTaskCmdlet
{
    private GenerationWait? _wait;

    /// <summary>How many seconds to wait in all; without end if not given.</summary>
    [Parameter(HelpMessage = "How many seconds to wait in all; without end if not given.")]
    [Runs]
    public override double TimeoutSec { get; set; }

    /// <summary>Emits the first task that ends, and waits for no other.</summary>
    [Parameter(HelpMessage = "Emits the first task that ends, and waits for no other.")]
    [Runs]
    public SwitchParameter Any { get; set; }

    /// <summary>Hears services call back on this machine's own address, and looks at a task as soon as its service has called.</summary>
    [Parameter(HelpMessage = "Hears services call back on this machine's own address, and looks at a task as soon as its service has called.")]
    [Runs]
    public SwitchParameter Listen { get; set; }

    /// <summary>The port to listen on; 0 for any that is free.</summary>
    [Parameter(HelpMessage = "The port to listen on; 0 for any that is free.")]
    [Runs]
    public int ListenPort { get; set; }

    // Whoever waits does nothing: the limit is that of the looks.
    private protected override int MaxConcurrency => int.MaxValue;

    private protected override bool LeavesAsCompleted => AsCompleted || Any;

    private protected override TimeSpan? AttemptLimit => null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _wait = Require(() => new GenerationWait(ThrottleLimit, IsBound(nameof(TimeoutSec)) ? Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec") : null, Any));
        if (Listen)
        {
            WriteVerbose($"Services that call back are heard at {Require(() => _wait.Listen(ListenPort))}");
        }
        else if (IsBound(nameof(ListenPort)))
        {
            Require(() => throw Failures.Invalid("-ListenPort was given without -Listen.", "Give -Listen, or leave -ListenPort out."));
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _wait?.Dispose();
        }
    }

    private protected override Action HandOver()
    {
        GenerationWait? wait = _wait;
        _wait = null;
        return () => wait?.Dispose();
    }

    private protected override void Take(ChatGeneration task, object item)
    {
        ServiceConnection service = Connected(task.Connection);
        GenerationWait wait = _wait!;
        Run(item, async (output, token) =>
        {
            ChatGeneration? end = await wait.ForAsync(service, task, Call(output), output, token);
            if (end is not null)
            {
                Remember(service, task, end, output);
            }

            return end;
        });
    }
}
