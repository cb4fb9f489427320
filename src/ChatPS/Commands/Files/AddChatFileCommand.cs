using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Gives files to a service, which keeps them for requests and batches.</summary>
[Cmdlet(VerbsCommon.Add, "ChatFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatFile), typeof(ChatJob))]
public sealed class AddChatFileCommand : ParallelCmdlet
{
    private readonly List<(string Path, object Item, int Index)> _named = [];

    /// <summary>The files: paths, patterns, or files of Get-ChildItem.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The files: paths, patterns, or files of Get-ChildItem.")]
    [Alias("InputObject", "FullName")]
    [ValidateNotNullOrEmpty]
    public object[] Path { get; set; } = [];

    /// <summary>What the service is to use them for.</summary>
    [Parameter(HelpMessage = "What the service is to use them for, such as batch or user_data.")]
    [ArgumentCompleter(typeof(FilePurposeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Purpose { get; set; }

    /// <summary>How long the service is to keep them.</summary>
    [Parameter(HelpMessage = "How long the service is to keep them, such as 7.00:00:00.")]
    public TimeSpan ExpiresAfter { get; set; }

    /// <summary>The name that the file is to go by at the service.</summary>
    [Parameter(HelpMessage = "The name that the file is to go by at the service.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object item in Path)
        {
            string[] paths = [];
            Attempt(item, () => paths = Find(item));
            foreach (string path in paths)
            {
                int index = NextIndex();
                if (Name is null)
                {
                    Attempt(item, () => Add(path, item), index);
                }
                else
                {
                    _named.Add((path, item, index));
                }
            }
        }
    }

    // Whether a name is that of one file is known at the end.
    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_named.Count > 1)
        {
            Require(() => throw Failures.Invalid(FormattableString.Invariant($"-Name is the name of one file, but there are {_named.Count}; none was sent."), "Leave -Name out, or give one file."));
        }

        foreach ((string path, object item, int index) in _named)
        {
            Attempt(item, () => Add(path, item), index);
        }

        base.EndProcessing();
    }

    private string[] Find(object item) => Bare.Of(item) switch
    {
        FileSystemInfo file => [file.FullName],
        string { Length: > 0 } path => FilePaths.Resolve(this, path),
        var other => throw Failures.Invalid($"-Path: an object of type {other?.GetType().Name ?? "null"} is no file.", "Give paths, or files of Get-ChildItem."),
    };

    private void Add(string path, object item)
    {
        ServiceConnection service = Connected();
        NewFile file = new(path, Name ?? System.IO.Path.GetFileName(path)) { Purpose = Purpose, ExpiresAfter = Given(nameof(ExpiresAfter), ExpiresAfter), Input = item };
        service.ServiceFiles.Check(file);
        if (ShouldProcess(path, $"Upload, by connection '{service.Settings.Name}'"))
        {
            Run(item, async (output, token) => await service.ServiceFiles.AddAsync(file, Call(output), token));
        }
    }
}
