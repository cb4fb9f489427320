using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Profiles;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Keeps connections, without their keys, for later sessions.</summary>
[Cmdlet(VerbsData.Save, "ChatConnection", SupportsShouldProcess = true)]
public sealed class SaveChatConnectionCommand : PSCmdlet
{
    /// <summary>The names of the connections; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the connections; the default one if not given.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Replaces profiles that are there already.</summary>
    [Parameter(HelpMessage = "Replaces profiles that are there already.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Chooses the connection that new sessions begin with.</summary>
    [Parameter(HelpMessage = "Chooses the connection that new sessions begin with.")]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? (IEnumerable<string?>)[null])
        {
            try
            {
                Save(name);
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, name));
            }
        }
    }

    private void Save(string? name)
    {
        ProfileStore profiles = ModuleState.Profiles;
        ServiceConnection? connection = ModuleState.Connections.TryFind(name, ModuleState.RunspaceId);
        bool isSaved = connection is null && MyInvocation.BoundParameters.ContainsKey(nameof(Default)) && name is not null && profiles.Has(name);
        ConnectionSettings? settings = isSaved ? null : (connection ?? ModuleState.Connections.Find(name, ModuleState.RunspaceId)).Settings;
        string chosen = settings?.Name ?? name!;
        if (!ShouldProcess(chosen, Default ? "Save as default" : "Save"))
        {
            return;
        }

        if (settings is not null)
        {
            Write(profiles, settings);
        }

        if (Default)
        {
            profiles.SetDefault(chosen);
        }
        else if (MyInvocation.BoundParameters.ContainsKey(nameof(Default)) && string.Equals(profiles.Default, chosen, StringComparison.OrdinalIgnoreCase))
        {
            profiles.SetDefault(null);
        }
    }

    private void Write(ProfileStore profiles, ConnectionSettings settings)
    {
        List<string> leftOut = [];
        ConnectionProfile profile = ConnectionProfile.From(settings, leftOut);
        if (Default && !Force && profiles.Holds(profile))
        {
            return;
        }

        profiles.Save(profile, Force);
        foreach (string part in leftOut)
        {
            WriteWarning($"Not saved with '{settings.Name}': {part}");
        }

        if (ModuleState.Sandboxes.Find(settings.Name) is { } sandbox && sandbox.BaseUri.Authority == settings.BaseUri.Authority)
        {
            WriteWarning($"'{settings.Name}' leads to the sandbox of this process, which ends with it: a new session finds nothing there. Use Connect-ChatService -Sandbox in each session.");
        }
    }
}
