using System.Management.Automation;
using ChatPS.Client.Similarity;
using ChatPS.Conversion;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Reads vectors from a file.</summary>
[Cmdlet(VerbsData.Import, "ChatEmbedding")]
[OutputType(typeof(ChatEmbedding))]
public sealed class ImportChatEmbeddingCommand : PSCmdlet
{
    /// <summary>The files.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The files that Export-ChatEmbedding wrote, or wildcards.")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                foreach (string file in SessionPath.ResolveAll(this, path))
                {
                    Read(file);
                }
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, path));
            }
        }
    }

    private void Read(string path)
    {
        using VectorFile file = VectorFile.Open(path);
        StoredVectors.WarnOfTornEnd(file, WriteWarning);
        for (long place = 0; place < file.Count; place++)
        {
            VectorRecord record = file.Record(place);
            WriteObject(new ChatEmbedding
            {
                Vector = file.Vector(place),
                Text = record.Text,
                Input = KeptProperties.ToObject(record.Properties),
                Index = (int)place,
                Model = StoredVectors.ModelOf(file),
            });
        }
    }
}
