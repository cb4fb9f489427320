using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Deletes models that were trained for this account.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatModel", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveChatModelCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of models.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of models.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A model.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A model.")]
    public ChatModel? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } model)
        {
            Attempt(model, () => Delete(model.Id, model.Connection, model));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Delete(id, connection: null, id));
        }
    }

    private void Delete(string id, string? connection, object item)
    {
        ServiceConnection service = Connected(connection);
        if (ShouldProcess(id, "Delete the model"))
        {
            Run(item, async (output, token) =>
            {
                await service.Resources.DeleteModelAsync(id, Call(output), token);
                return null;
            });
        }
    }
}
