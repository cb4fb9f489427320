using System.Management.Automation;

namespace ChatPS.Commands;

/// <summary>Lists the connections.</summary>
[Cmdlet(VerbsCommon.Get, "ChatConnection")]
[OutputType(typeof(ChatConnection))]
public sealed class GetChatConnectionCommand : PSCmdlet
{
    /// <summary>Names or wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        Dictionary<string, ChatConnection> connections = ModuleState.Connections.List(ModuleState.RunspaceId).ToDictionary(connection => connection.Name, StringComparer.OrdinalIgnoreCase);
        foreach (string name in Names.Match(this, Name, connections.Keys, "connection", "Make one with Connect-ChatService -Name."))
        {
            WriteObject(connections[name]);
        }
    }
}
