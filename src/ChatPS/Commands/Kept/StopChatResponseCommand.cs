using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;

namespace ChatPS.Commands;

/// <summary>Stops responses that a service makes in the background.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatResponse", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class StopChatResponseCommand : StoredAnswerCmdlet
{
    private protected override string Action => "Cancel";

    private protected override async Task<object?> DoAsync(ServiceConnection service, string id, CallSettings call, CancellationToken cancellationToken)
    {
        await service.Responses.CancelAsync(id, call, cancellationToken);
        return null;
    }
}
