using System.Management.Automation;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Waits until files of vector stores can be searched.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ChatVectorStoreFile", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatVectorStoreFile))]
public sealed class WaitChatVectorStoreFileCommand : WaitResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The vector store, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The vector store, or its id.")]
    [Alias("VectorStoreId")]
    [KeptTransformation(typeof(ChatVectorStore))]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>The ids of files.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of files.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A file of a vector store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A file of a vector store.")]
    public ChatVectorStoreFile? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } file)
        {
            Await(file.VectorStoreId, file.Id, file.Connection, file);
            return;
        }

        foreach (string id in Id)
        {
            Await(VectorStore!.Id, id, VectorStore!.Connection, id);
        }
    }

    private void Await(string store, string id, string? connection, object item) => Await(
        ResourceKinds.VectorStoreFile,
        new ResourcePlace(store, id) { Input = item is ChatVectorStoreFile known ? known.Input : item },
        static seen => seen.Status == "in_progress" ? 0 : null,
        static seen => seen.Status == "failed" ? $"The file '{seen.Id}' cannot be searched: {seen.ErrorMessage ?? seen.ErrorCode ?? "the service does not say why."}" : null,
        connection,
        item);
}
