using System.Management.Automation;
using ChatPS.Client.Profiles;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Lists the connections.</summary>
[Cmdlet(VerbsCommon.Get, "ChatConnection")]
[OutputType(typeof(ChatConnection))]
public sealed class GetChatConnectionCommand : PSCmdlet
{
    /// <summary>Names or wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Names or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Lists the saved connections instead of those that are there.</summary>
    [Parameter(HelpMessage = "Lists the saved connections instead of those that are there.")]
    public SwitchParameter Saved { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Saved)
        {
            ListProfiles();
            return;
        }

        Dictionary<string, ChatConnection> connections = ModuleState.Connections.List(ModuleState.RunspaceId).ToDictionary(connection => connection.Name, StringComparer.OrdinalIgnoreCase);
        foreach (string name in NameMatcher.Match(this, Name, connections.Keys, "connection", "Make one with Connect-ChatService -Name."))
        {
            WriteObject(connections[name]);
        }
    }

    private void ListProfiles()
    {
        ProfileStore profiles = ModuleState.Profiles;
        string? chosen = null;
        foreach (string name in NameMatcher.Match(this, Name, profiles.Names, "profile", "Make one with Save-ChatConnection."))
        {
            try
            {
                chosen ??= profiles.Default ?? "";
                WriteObject(profiles.Load(name).Describe(string.Equals(name, chosen, StringComparison.OrdinalIgnoreCase)));
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, name));
            }
        }
    }
}
