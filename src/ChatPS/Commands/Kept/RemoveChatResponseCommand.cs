using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;

namespace ChatPS.Commands;

/// <summary>Deletes responses that a service keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatResponse", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class RemoveChatResponseCommand : StoredAnswerCmdlet
{
    private protected override string Action => "Delete";

    private protected override async Task<object?> DoAsync(ServiceConnection service, string id, CallSettings call, CancellationToken cancellationToken)
    {
        await service.Responses.DeleteAsync(id, call, cancellationToken);
        return null;
    }
}
