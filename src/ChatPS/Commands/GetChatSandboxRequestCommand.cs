using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Shows what sandboxes received.</summary>
[Cmdlet(VerbsCommon.Get, "ChatSandboxRequest")]
[OutputType(typeof(ChatSandboxRequest))]
public sealed class GetChatSandboxRequestCommand : PSCmdlet
{
    /// <summary>The names of the sandboxes; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only so many requests, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            WildcardPattern pattern = Wildcards.Of(name);
            List<string> found = [.. ModuleState.Sandboxes.Names.Where(pattern.IsMatch)];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(Errors.ToRecord(Failures.Invalid($"-Name: there is no sandbox '{name}'.", "Start one with Start-ChatSandbox."), name));
            }

            foreach (string match in found)
            {
                IReadOnlyList<Sandbox.SandboxRequest> requests = ModuleState.Sandboxes.Find(match)?.Server.GetRequests() ?? [];
                WriteObject(requests.Skip(Math.Max(0, requests.Count - Last)).Select(request => SandboxRequests.Describe(request, match)), enumerateCollection: true);
            }
        }
    }
}
