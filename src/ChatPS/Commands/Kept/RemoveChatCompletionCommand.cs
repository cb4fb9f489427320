using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;

namespace ChatPS.Commands;

/// <summary>Deletes chat completions that a service keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatCompletion", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class RemoveChatCompletionCommand : StoredAnswerCmdlet
{
    private protected override string Action => "Delete";

    private protected override async Task<object?> DoAsync(ServiceConnection service, string id, CallSettings call, CancellationToken cancellationToken)
    {
        await service.StoredCompletions.DeleteAsync(id, call, cancellationToken);
        return null;
    }
}
