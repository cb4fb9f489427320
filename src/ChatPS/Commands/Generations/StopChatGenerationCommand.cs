using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Stops tasks, where the service can.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatGeneration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatGeneration), typeof(ChatJob))]
public sealed class StopChatGenerationCommand : GenerationTaskCmdlet
{
    /// <summary>Also where stopping deletes what a task has made.</summary>
    [Parameter(HelpMessage = "Stops a task also where that deletes what it has made.")]
    [Runs]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the task as it is then.</summary>
    [Parameter(HelpMessage = "Emits the task as it is then.")]
    [Runs]
    public SwitchParameter PassThru { get; set; }

    private protected override void Take(ChatGeneration task, object item)
    {
        ServiceConnection service = Connected(task.Connection);
        if (!ShouldProcess(Printable.Line(task.ToString(), 100), $"Stop, by connection '{service.Settings.Name}'"))
        {
            return;
        }

        Run(item, async (output, token) =>
        {
            ChatGeneration now = await service.Generations.StopAsync(task, Force, Call(output), token);
            Remember(service, task, now, output);
            return PassThru ? now : null;
        });
    }
}
