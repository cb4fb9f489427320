using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Puts files into containers: those that the service keeps, and those that lie here.</summary>
[Cmdlet(VerbsCommon.Add, "ChatContainerFile", DefaultParameterSetName = ContainerSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatContainerFile))]
public sealed class AddChatContainerFileCommand : ResourceCmdlet
{
    private const string FileSet = "File";
    private const string ContainerSet = "Container";

    /// <summary>The container, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ContainerSet, HelpMessage = "The container, or its id.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet, HelpMessage = "The container, or its id.")]
    [Alias("ContainerId")]
    [KeptTransformation(typeof(ChatContainer))]
    public ChatContainer? Container { get; set; }

    /// <summary>A file: of Get-ChildItem, a path, or one that the service keeps.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FileSet, HelpMessage = "A file: of Get-ChildItem, a path, or one that the service keeps.")]
    public object? InputObject { get; set; }

    /// <summary>Files that lie here; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ContainerSet, HelpMessage = "Files that lie here; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The ids of files that the service keeps.</summary>
    [Parameter(ParameterSetName = ContainerSet, HelpMessage = "The ids of files that the service keeps.")]
    [ValidateNotNullOrEmpty]
    public string[] FileId { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = InputObject ?? Container!;
        Attempt(item, () => Add(Container!, item));
    }

    private void Add(ChatContainer container, object item)
    {
        ServiceConnection service = Connected(container.Connection ?? (Bare.Of(InputObject) as ChatFile)?.Connection);
        GivenFiles files = GivenFiles.Find(this, Path, FileId, InputObject);
        ResourcePlace place = new(container.Id, "") { Input = item };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {files.Count} files")))
        {
            Run(item, async (output, token) =>
            {
                CallSettings call = Call(output);
                foreach (string id in files.Ids)
                {
                    ResourceFields fields = new();
                    fields.Put("file_id", id);
                    await output.EmitAsync(await service.Resources.CreateAsync(ResourceKinds.ContainerFile, place, fields.Values, call, token), token);
                }

                foreach (LocalFile file in files.Paths.Select(static path => LocalFile.Find(path, "-Path")))
                {
                    await output.EmitAsync(await service.Resources.UploadContainerFileAsync(place, file, call, token), token);
                }

                return null;
            });
        }
    }
}
