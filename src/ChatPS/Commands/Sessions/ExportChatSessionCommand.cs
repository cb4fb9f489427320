using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Sessions;
using ChatPS.Parameters;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Writes a conversation to a file.</summary>
[Cmdlet(VerbsData.Export, "ChatSession", SupportsShouldProcess = true)]
public sealed class ExportChatSessionCommand : PSCmdlet
{
    /// <summary>The session.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The session.")]
    public ChatSession Session { get; set; } = new();

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true, HelpMessage = "The file.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Leaves a file alone that is there already.</summary>
    [Parameter(HelpMessage = "Leaves a file alone that is there already.")]
    public SwitchParameter NoClobber { get; set; }

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            string path = SessionPath.Resolve(this, Path);
            if (!_written.Add(path))
            {
                throw Failures.Invalid($"-Path: '{path}' holds another session of this pipeline already; a file holds one.", "Export each to a file of its own, for example with ForEach-Object.");
            }

            if (NoClobber && File.Exists(path))
            {
                throw Failures.Invalid($"-Path: '{path}' is there already.", "Choose another file, or leave out -NoClobber to replace it.");
            }

            if (ShouldProcess(path, $"Export session '{Session.Name}'"))
            {
                SessionFile.Write(path, SessionCopy.ForFile(Session, name => SessionParameters.Find(name).Name, WriteWarning));
            }
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, Session));
        }
    }
}
