using System.Management.Automation;
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
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Replaces profiles that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? (IEnumerable<string?>)[null])
        {
            try
            {
                Save(ModuleState.Connections.Find(name, ModuleState.RunspaceId).Settings);
            }
            catch (ChatServiceException failure)
            {
                WriteError(Errors.ToRecord(failure, name));
            }
        }
    }

    private void Save(ConnectionSettings settings)
    {
        if (!ShouldProcess(settings.Name, "Save"))
        {
            return;
        }

        List<string> leftOut = [];
        ModuleState.Profiles.Save(ConnectionProfile.From(settings, leftOut), Force);
        foreach (string part in leftOut)
        {
            WriteWarning($"Not saved with '{settings.Name}': {part}");
        }
    }
}
