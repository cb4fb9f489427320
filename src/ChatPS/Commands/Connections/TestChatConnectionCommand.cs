using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Models;
using ChatPS.Completion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Finds out whether a connection works.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatConnection")]
[OutputType(typeof(ChatConnectionTest), typeof(bool))]
public sealed class TestChatConnectionCommand : ServiceCmdlet
{
    /// <summary>The names of the connections; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the connections; the default one if not given.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Gives booleans instead of objects.</summary>
    [Parameter(HelpMessage = "Gives booleans instead of objects.")]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? (IEnumerable<string?>)[null])
        {
            Attempt(name, () =>
            {
                ServiceConnection service = ServiceOf(name);
                Run(name, async (output, token) =>
                {
                    ChatConnectionTest result = await ConnectionProbe.RunAsync(service, Call(output), token);
                    return Quiet ? result.Success : result;
                });
            });
        }
    }
}
