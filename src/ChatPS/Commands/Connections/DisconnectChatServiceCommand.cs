using System.Management.Automation;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Removes connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ChatService", SupportsShouldProcess = true)]
public sealed class DisconnectChatServiceCommand : PSCmdlet
{
    /// <summary>The names of the connections; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IReadOnlyList<ChatConnection> connections = ModuleState.Connections.List(ModuleState.RunspaceId);
        IEnumerable<string> wanted = Name ?? connections.Where(connection => connection.IsDefault).Select(connection => connection.Name);
        foreach (string name in NameMatcher.Match(this, wanted, [.. connections.Select(connection => connection.Name)], "connection", "See Get-ChatConnection."))
        {
            if (ShouldProcess(name, "Disconnect"))
            {
                ModuleState.Connections.Disconnect(name, ModuleState.RunspaceId);
            }
        }
    }
}
