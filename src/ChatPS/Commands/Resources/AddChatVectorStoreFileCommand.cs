using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Adds files to vector stores: those that the service keeps, and those that lie here.</summary>
[Cmdlet(VerbsCommon.Add, "ChatVectorStoreFile", DefaultParameterSetName = StoreSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatVectorStoreFile))]
public sealed class AddChatVectorStoreFileCommand : ResourceCmdlet
{
    private const string FileSet = "File";
    private const string StoreSet = "Store";

    /// <summary>The vector store, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = StoreSet, HelpMessage = "The vector store, or its id.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet, HelpMessage = "The vector store, or its id.")]
    [Alias("VectorStoreId")]
    [KeptTransformation(typeof(ChatVectorStore))]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>A file: of Get-ChildItem, a path, or one that the service keeps.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FileSet, HelpMessage = "A file: of Get-ChildItem, a path, or one that the service keeps.")]
    public object? InputObject { get; set; }

    /// <summary>Files that lie here, which are uploaded first; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = StoreSet, HelpMessage = "Files that lie here, which are uploaded first; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The ids of files that the service keeps.</summary>
    [Parameter(ParameterSetName = StoreSet, HelpMessage = "The ids of files that the service keeps.")]
    [ValidateNotNullOrEmpty]
    public string[] FileId { get; set; } = [];

    /// <summary>What searches can filter by.</summary>
    [Parameter(HelpMessage = "What searches can filter by: texts, numbers and booleans by their names.")]
    public IDictionary? Attribute { get; set; }

    /// <summary>How files are split into pieces, as a hashtable.</summary>
    [Parameter(HelpMessage = "How files are split into pieces, as a hashtable.")]
    public object? ChunkingStrategy { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = InputObject ?? VectorStore!;
        Attempt(item, () => Add(VectorStore!, item));
    }

    private void Add(ChatVectorStore store, object item)
    {
        ResourceFields fields = new();
        fields.PutValues("attributes", Attribute, "-Attribute");
        fields.PutTyped("chunking_strategy", ChunkingStrategy, "-ChunkingStrategy", "@{ type = 'static'; static = @{ max_chunk_size_tokens = 800; chunk_overlap_tokens = 400 } }");
        fields.Check();
        ServiceConnection service = Connected(store.Connection ?? (Bare.Of(InputObject) as ChatFile)?.Connection);
        GivenFiles files = GivenFiles.Find(this, Path, FileId, InputObject);
        ResourcePlace place = new(store.Id, "") { Input = item };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {files.Count} files")))
        {
            Run(item, async (output, token) =>
            {
                CallSettings call = Call(output);
                List<string> all = [.. files.Ids];
                foreach (string path in files.Paths)
                {
                    all.Add(await service.Resources.UploadAsync(path, call, token));
                }

                foreach (ChatVectorStoreFile added in await service.Resources.FillAsync(place, all, fields.Values, call, token))
                {
                    await output.EmitAsync(added, token);
                }

                return null;
            });
        }
    }
}
