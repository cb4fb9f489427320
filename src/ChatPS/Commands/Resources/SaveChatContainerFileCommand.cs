using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Saves a file of a container.</summary>
[Cmdlet(VerbsData.Save, "ChatContainerFile", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class SaveChatContainerFileCommand : SaveResourceCmdlet
{
    /// <summary>The container, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The container, or its id.")]
    [Alias("ContainerId")]
    [KeptTransformation(typeof(ChatContainer))]
    public ChatContainer? Container { get; set; }

    /// <summary>The id of the file.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of the file.")]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>A file of a container.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A file of a container.")]
    public ChatContainerFile? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } known)
        {
            Save(new ResourcePlace(known.ContainerId, known.Id), known.Connection, known, known.Path);
        }
        else
        {
            Save(new ResourcePlace(Container!.Id, Id), Container!.Connection, Id, "");
        }
    }

    private protected override Task SaveAsync(ServiceConnection service, ResourcePlace place, string path, CallSettings call, CancellationToken cancellationToken) =>
        service.Resources.SaveContainerFileAsync(place, path, Force, call, cancellationToken);
}
