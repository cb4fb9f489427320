using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Saves the text that a vector store made of a file.</summary>
[Cmdlet(VerbsData.Save, "ChatVectorStoreFile", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class SaveChatVectorStoreFileCommand : SaveResourceCmdlet
{
    /// <summary>The vector store, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The vector store, or its id.")]
    [Alias("VectorStoreId")]
    [KeptTransformation(typeof(ChatVectorStore))]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>The id of the file.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The id of the file.")]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>A file of a vector store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A file of a vector store.")]
    public ChatVectorStoreFile? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } known)
        {
            Save(new ResourcePlace(known.VectorStoreId, known.Id), known.Connection, known, ".txt");
        }
        else
        {
            Save(new ResourcePlace(VectorStore!.Id, Id), VectorStore!.Connection, Id, ".txt");
        }
    }

    private protected override Task SaveAsync(ServiceConnection service, ResourcePlace place, string path, CallSettings call, CancellationToken cancellationToken) =>
        service.Resources.SaveTextAsync(place, path, Force, call, cancellationToken);
}
