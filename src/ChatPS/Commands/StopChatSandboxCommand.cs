using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Stops sandboxes.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatSandbox", SupportsShouldProcess = true)]
public sealed class StopChatSandboxCommand : PSCmdlet
{
    /// <summary>The names of the sandboxes; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = Wildcards.Of(name);
            List<string> found = [.. ModuleState.Sandboxes.Names.Where(pattern.IsMatch)];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(Errors.ToRecord(Failures.Invalid($"-Name: there is no sandbox '{name}'.", "Leave out -Name to stop all."), name));
            }

            foreach (string match in found.Where(match => ShouldProcess(match, "Stop")))
            {
                ModuleState.Sandboxes.Stop(match);
            }
        }
    }
}
