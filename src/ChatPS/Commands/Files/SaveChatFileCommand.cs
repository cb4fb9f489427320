using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Saves the content of files that a service keeps.</summary>
[Cmdlet(VerbsData.Save, "ChatFile", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveChatFileCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";
    private const int AtOnce = 4;

    private DownloadPlace? _place;
    private int _items;

    /// <summary>The ids of files.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of files.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A file that the service keeps.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A file that the service keeps.")]
    public ChatFile? InputObject { get; set; }

    /// <summary>The file to save to, or the folder that gets a file for each.</summary>
    [Parameter(Position = 1, Mandatory = true, HelpMessage = "The file to save to, or the folder that gets a file for each.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces files that are there already.</summary>
    [Parameter(HelpMessage = "Replaces files that are there already.")]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => AtOnce;

    private protected override int? CurrentIndex => MyInvocation.ExpectingInput && _items > 0 ? _items - 1 : null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _place = Require(() => DownloadPlace.Open(GetUnresolvedProviderPathFromPSPath(Path), Path.EndsWith("/", StringComparison.Ordinal) || Path.EndsWith("\\", StringComparison.Ordinal), Force));
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } file)
        {
            Attempt(file, () => Save(Connected(file.Connection), file.Id, file, file), _items++);
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Save(Connected(), id, known: null, id), _items++);
        }
    }

    private void Save(ServiceConnection service, string id, ChatFile? known, object target)
    {
        DownloadPlace place = _place!;
        place.RequireRoom(_items);
        if (ShouldProcess(Printable.Line(id, 200), $"Save to '{Path}'"))
        {
            Run(target, async (output, token) => new FileInfo(await service.ServiceFiles.SaveAsync(id, known, place, Call(output), token)));
        }
    }
}
