using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Adds files to vector stores: those that the service keeps, and those that lie here.</summary>
[Cmdlet(VerbsCommon.Add, "ChatVectorStoreFile", DefaultParameterSetName = StoreSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatVectorStoreFile))]
public sealed class AddChatVectorStoreFileCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string FileSet = "File";
    private const string StoreSet = "Store";

    /// <summary>The id of the vector store.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "The id of the vector store.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet, HelpMessage = "The id of the vector store.")]
    [ValidateNotNullOrEmpty]
    public string VectorStoreId { get; set; } = "";

    /// <summary>A vector store.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = StoreSet, HelpMessage = "A vector store, from the pipeline.")]
    public ChatVectorStore? VectorStore { get; set; }

    /// <summary>A file that the service keeps.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FileSet, HelpMessage = "A file that the service keeps, from the pipeline.")]
    public ChatFile? InputObject { get; set; }

    /// <summary>Files that lie here, which are uploaded first; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = IdSet, HelpMessage = "Files that lie here, which are uploaded first; wildcards are allowed.")]
    [Parameter(ParameterSetName = StoreSet, HelpMessage = "Files that lie here, which are uploaded first; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The ids of files that the service keeps.</summary>
    [Parameter(ParameterSetName = IdSet, HelpMessage = "The ids of files that the service keeps.")]
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
        object item = (object?)InputObject ?? (object?)VectorStore ?? VectorStoreId;
        Attempt(item, () => Add(item));
    }

    private void Add(object item)
    {
        ResourceFields fields = new();
        fields.PutValues("attributes", Attribute, "-Attribute");
        fields.PutPlain("chunking_strategy", ChunkingStrategy, "-ChunkingStrategy");
        fields.Check();
        ServiceConnection service = Connected(InputObject?.Connection ?? VectorStore?.Connection);
        string[] ids = InputObject is { } file ? [file.Id] : FileId;
        string[] paths = [.. Path.SelectMany(path => FilePaths.Resolve(this, path))];
        if (Array.Find(paths, path => !System.IO.File.Exists(path)) is { } missing)
        {
            throw Failures.Invalid($"-Path: there is no file '{missing}'.", "Check the path.");
        }

        if (ids.Length + paths.Length == 0)
        {
            throw Failures.Invalid("No file was given to add.", "Give -Path, -FileId, or pipe in what Add-ChatFile emits.");
        }

        ResourcePlace place = new(VectorStore?.Id ?? VectorStoreId, "") { Input = item };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {ids.Length + paths.Length} files")))
        {
            Run(item, async (output, token) =>
            {
                CallSettings call = Call(output);
                List<string> all = [.. ids];
                foreach (string path in paths)
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
