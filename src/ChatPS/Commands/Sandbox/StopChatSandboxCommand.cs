using System.Management.Automation;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Stops sandboxes.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ChatSandbox", SupportsShouldProcess = true)]
public sealed class StopChatSandboxCommand : PSCmdlet
{
    /// <summary>The names of the sandboxes; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the sandboxes; all if not given.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string name in NameMatcher.Match(this, Name, [.. ModuleState.Sandboxes.Names], "sandbox", "Leave out -Name to stop all."))
        {
            if (ShouldProcess(name, "Stop"))
            {
                ModuleState.Sandboxes.Stop(name);
            }
        }
    }
}
