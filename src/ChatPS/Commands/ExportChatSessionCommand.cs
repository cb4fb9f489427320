using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Writes a conversation to a file.</summary>
[Cmdlet(VerbsData.Export, "ChatSession", SupportsShouldProcess = true)]
public sealed class ExportChatSessionCommand : PSCmdlet
{
    /// <summary>The session.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public ChatSession Session { get; set; } = new();

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Leaves a file alone that is there already.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            string path = SessionPath.Resolve(this, Path);
            if (NoClobber && File.Exists(path))
            {
                throw Failures.Invalid($"-Path: '{path}' is there already.", "Choose another file, or leave out -NoClobber to replace it.");
            }

            if (ShouldProcess(path, $"Export session '{Session.Name}'"))
            {
                SessionFile.Write(path, SessionCopy.ForFile(Session, WriteWarning));
            }
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, Session));
        }
    }
}
