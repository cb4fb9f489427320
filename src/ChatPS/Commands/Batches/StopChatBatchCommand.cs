using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Stops batches. What is done by then has results.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatBatch", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(ChatBatch), typeof(ChatJob))]
public sealed class StopChatBatchCommand : BatchFileCmdlet
{
    /// <summary>Emits the batch as it is then.</summary>
    [Parameter(HelpMessage = "Emits the batch as it is then.")]
    [Runs]
    public SwitchParameter PassThru { get; set; }

    private protected override void Take(ServiceConnection service, string path, object item)
    {
        if (MayStop(path, service))
        {
            Run(item, async (output, token) => Result(await service.Batches.StopAsync(path, Call(output), token)));
        }
    }

    private protected override void TakeJob(ServiceConnection service, string id, object item)
    {
        if (MayStop(id, service))
        {
            Run(item, async (output, token) => Result(await service.Batches.StopJobAsync(id, Call(output), token)));
        }
    }

    private bool MayStop(string what, ServiceConnection service) => ShouldProcess(Printable.Line(what, 200), $"Stop the batch, by connection '{service.Settings.Name}'");

    private ChatBatch? Result(ChatBatch now) => PassThru ? now : null;
}
