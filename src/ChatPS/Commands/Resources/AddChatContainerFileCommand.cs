using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Puts files into containers: those that the service keeps, and those that lie here.</summary>
[Cmdlet(VerbsCommon.Add, "ChatContainerFile", DefaultParameterSetName = ContainerSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatContainerFile))]
public sealed class AddChatContainerFileCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ContainerSet = "Container";

    /// <summary>The id of the container.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "The id of the container.")]
    [ValidateNotNullOrEmpty]
    public string ContainerId { get; set; } = "";

    /// <summary>A container.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ContainerSet, HelpMessage = "A container, from the pipeline.")]
    public ChatContainer? Container { get; set; }

    /// <summary>Files that lie here; wildcards are allowed.</summary>
    [Parameter(HelpMessage = "Files that lie here; wildcards are allowed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The ids of files that the service keeps.</summary>
    [Parameter(HelpMessage = "The ids of files that the service keeps.")]
    [ValidateNotNullOrEmpty]
    public string[] FileId { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = (object?)Container ?? ContainerId;
        Attempt(item, () => Add(item));
    }

    private void Add(object item)
    {
        ServiceConnection service = Connected(Container?.Connection);
        LocalFile[] files = [.. Path.SelectMany(path => FilePaths.Resolve(this, path)).Select(path => LocalFile.Find(path, "-Path"))];
        if (files.Length + FileId.Length == 0)
        {
            throw Failures.Invalid("No file was given to add.", "Give -Path or -FileId.");
        }

        ResourcePlace place = new(Container?.Id ?? ContainerId, "") { Input = item };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {files.Length + FileId.Length} files")))
        {
            Run(item, async (output, token) =>
            {
                CallSettings call = Call(output);
                foreach (string id in FileId)
                {
                    ResourceFields fields = new();
                    fields.Put("file_id", id);
                    await output.EmitAsync(await service.Resources.CreateAsync(ResourceKinds.ContainerFile, place, fields.Values, call, token), token);
                }

                foreach (LocalFile file in files)
                {
                    await output.EmitAsync(await service.Resources.UploadContainerFileAsync(place, file, call, token), token);
                }

                return null;
            });
        }
    }
}
