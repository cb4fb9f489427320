using System.Management.Automation;
using ChatPS.Client.Profiles;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Removes saved connections.</summary>
[Cmdlet(VerbsCommon.Remove, "ChatConnection", SupportsShouldProcess = true)]
public sealed class RemoveChatConnectionCommand : PSCmdlet
{
    /// <summary>The names of the saved connections.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the saved connections.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        ProfileStore profiles = ModuleState.Profiles;
        foreach (string name in NameMatcher.Match(this, Name, profiles.Names, "profile", "Get-ChatConnection -Saved lists them. Disconnect-ChatService ends a connection of this session."))
        {
            try
            {
                if (ShouldProcess(name, "Remove saved connection"))
                {
                    profiles.Remove(name);
                }
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, name));
            }
        }
    }
}
