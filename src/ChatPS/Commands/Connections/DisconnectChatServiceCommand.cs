using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Files;
using ChatPS.Completion;
using ChatPS.Connections;
using ChatPS.Module;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Removes connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ChatService", SupportsShouldProcess = true)]
public sealed class DisconnectChatServiceCommand : PSCmdlet
{
    /// <summary>The names of the connections; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the connections; the default one if not given.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Writes no line on the screen.</summary>
    [Parameter(HelpMessage = "Writes no line on the screen.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string? former = null;
        IReadOnlyList<ChatConnection> connections = ModuleState.Connections.List(ModuleState.RunspaceId);
        IEnumerable<string> wanted = Name ?? connections.Where(connection => connection.IsDefault).Select(connection => connection.Name);
        foreach (string name in NameMatcher.Match(this, wanted, [.. connections.Select(connection => connection.Name)], "connection", "See Get-ChatConnection."))
        {
            if (ShouldProcess(name, "Disconnect"))
            {
                ModuleState.Connections.Disconnect(name, ModuleState.RunspaceId);
                former = connections.Any(connection => connection.IsDefault && string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase)) ? name : former;
            }
        }

        // Whoever clears the table begins anew.
        if (Name is null || Name.Contains("*", StringComparer.Ordinal))
        {
            ModuleState.Connections.ForgetFailure(ModuleState.RunspaceId);
        }

        if (former is not null && !Quiet)
        {
            ConnectionNotice.Write(this, $"Disconnected from '{former}'. {Next()}", InteractiveConsole.IsThere(Host));
        }
    }

    private static string Next()
    {
        ConnectionRegistry registry = ModuleState.Connections;
        Guid runspace = ModuleState.RunspaceId;
        return registry.TryFind(null, runspace) is { } other ? $"The default is now '{other.Settings.Name}'."
            : registry.HasAny(runspace) ? "There is no default now: Connect-ChatService -Name makes another connection the default; until then commands use OPENAI_API_KEY and OPENAI_BASE_URL."
            : SavedDefault() is { } saved ? $"Commands that name no connection use the saved default '{saved}' from here on."
            : "Nothing is connected now: commands use OPENAI_API_KEY and OPENAI_BASE_URL.";
    }

    private static string? SavedDefault()
    {
        try
        {
            return ConfigurationFolder.IsThere ? ModuleState.Profiles.Default : null;
        }
        catch (ChatServiceException)
        {
            // Whoever uses it is told what is wrong with it.
            return null;
        }
    }
}
