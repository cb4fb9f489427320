using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Stops batches of files that a vector store is taking in.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatVectorStoreBatch", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
public sealed class StopChatVectorStoreBatchCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The vector store, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The vector store, or its id.")]
    [Alias("VectorStoreId")]
    [KeptTransformation(typeof(ChatVectorStore))]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>The ids of batches.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of batches.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A batch of files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A batch of files.")]
    public ChatVectorStoreBatch? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } batch)
        {
            Attempt(batch, () => Stop(batch.VectorStoreId, batch.Id, batch.Connection, batch));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Stop(VectorStore!.Id, id, VectorStore!.Connection, id));
        }
    }

    private void Stop(string store, string id, string? connection, object item)
    {
        ServiceConnection service = Connected(connection);
        if (ShouldProcess(id, "Stop the batch of files"))
        {
            Run(item, async (output, token) =>
            {
                await service.Resources.ChangeAsync(ResourceKinds.VectorStoreBatch, new ResourcePlace(store, id), new ResourceFields().Values, Call(output), token);
                return null;
            });
        }
    }
}
