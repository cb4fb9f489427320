using System.Management.Automation;
using ChatPS.Completion;
using ChatPS.Module;
using ChatPS.Pipeline;
using ChatPS.Sandboxes;

namespace ChatPS.Commands;

/// <summary>Shows what sandboxes received.</summary>
[Cmdlet(VerbsCommon.Get, "ChatSandboxRequest")]
[OutputType(typeof(ChatSandboxRequest))]
public sealed class GetChatSandboxRequestCommand : PSCmdlet
{
    /// <summary>The names of the sandboxes; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the sandboxes; all if not given.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only so many requests, the newest.</summary>
    [Parameter(HelpMessage = "Only so many requests, the newest.")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string name in NameMatcher.Match(this, Name, [.. ModuleState.Sandboxes.Names], "sandbox", "Start one with Start-ChatSandbox."))
        {
            IReadOnlyList<Sandbox.Requests.SandboxRequest> requests = ModuleState.Sandboxes.Find(name)?.Server.GetRequests() ?? [];
            WriteObject(requests.Skip(Math.Max(0, requests.Count - Last)).Select(request => SandboxRequests.Describe(request, name)), enumerateCollection: true);
        }
    }
}
