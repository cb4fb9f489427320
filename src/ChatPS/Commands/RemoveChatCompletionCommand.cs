using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Deletes chat completions that a service keeps.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatCompletion", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class RemoveChatCompletionCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of completions.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A completion.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    public ChatCompletion? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } completion)
        {
            Attempt(completion, () => Delete(StoredCompletion.IdOf(completion), completion, completion.Connection));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Delete(id, id, connection: null));
        }
    }

    private void Delete(string id, object target, string? connection)
    {
        ServiceConnection service = Service(connection);
        if (ShouldProcess(id, "Delete"))
        {
            Run(target, async (output, token) =>
            {
                await service.StoredCompletions.DeleteAsync(id, Call(output), token);
                return null;
            });
        }
    }
}
