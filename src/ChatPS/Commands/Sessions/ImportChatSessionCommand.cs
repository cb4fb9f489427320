using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Sessions;
using ChatPS.Parameters;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Reads a conversation from a file.</summary>
[Cmdlet(VerbsData.Import, "ChatSession")]
[OutputType(typeof(ChatSession))]
public sealed class ImportChatSessionCommand : PSCmdlet
{
    /// <summary>The files.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The files.")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                ChatSession session = SessionFile.Read(SessionPath.Resolve(this, path));
                session.Parameters = SessionParameters.ReadFile((IDictionary)session.Parameters);
                FileSession.Check(session, WriteWarning);
                SessionOrigin.Note(session);
                WriteObject(session);
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, path));
            }
        }
    }
}
