using System.Management.Automation;
using ChatPS.Client;

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
        foreach (string name in Name ?? [.. connections.Where(connection => connection.IsDefault).Select(connection => connection.Name)])
        {
            WildcardPattern pattern = Wildcards.Of(name);
            List<string> found = [.. connections.Select(connection => connection.Name).Where(pattern.IsMatch)];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(Errors.ToRecord(Failures.Invalid($"-Name: there is no connection '{name}'.", "See Get-ChatConnection."), name));
            }

            foreach (string match in found.Where(match => ShouldProcess(match, "Disconnect")))
            {
                ModuleState.Connections.Disconnect(match, ModuleState.RunspaceId);
            }
        }
    }
}
