using System.Management.Automation;
using ChatPS.Client.Resources;

namespace ChatPS.Commands;

/// <summary>Waits until vector stores have taken in all their files.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ChatVectorStore", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatVectorStore))]
public sealed class WaitChatVectorStoreCommand : WaitResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of vector stores.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of vector stores.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A vector store.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true, HelpMessage = "A vector store.")]
    public ChatVectorStore? InputObject { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } store)
        {
            Await(store.Id, store.Connection, store);
            return;
        }

        foreach (string id in Id)
        {
            Await(id, connection: null, id);
        }
    }

    private void Await(string id, string? connection, object item) => Await(
        ResourceKinds.VectorStore,
        new ResourcePlace("", id) { Input = item is ChatVectorStore known ? known.Input : item },
        static seen => seen.Status == "in_progress" || seen.InProgressCount > 0 ? seen.FileCount > 0 ? 100.0 * (seen.FileCount - seen.InProgressCount) / seen.FileCount : 0 : null,
        static seen => seen.FailedCount > 0 ? FormattableString.Invariant($"{seen.FailedCount} files of '{seen.Id}' cannot be searched; Get-ChatVectorStoreFile -Status failed shows which and why.") : null,
        connection,
        item);
}
