using System.Management.Automation;
using ChatPS.Client;

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
        IReadOnlyList<ChatConnection> connections = ModuleState.Connections.List(ModuleState.RunspaceId);
        foreach (string name in Name)
        {
            WildcardPattern pattern = Wildcards.Of(name);
            List<ChatConnection> found = [.. connections.Where(connection => pattern.IsMatch(connection.Name))];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(Errors.ToRecord(Failures.Invalid($"-Name: there is no connection '{name}'.", "Make one with Connect-ChatService -Name."), name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
