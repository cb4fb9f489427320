using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Models;
using ChatPS.Completion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Tells what an account may use and has used, where its service tells it.</summary>
[Cmdlet(VerbsCommon.Get, "ChatQuota")]
[OutputType(typeof(ChatQuota))]
public sealed class GetChatQuotaCommand : ServiceCmdlet
{
    /// <summary>The names of the connections; the default one if not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The names of the connections; the default one if not given.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? (IEnumerable<string?>)[null])
        {
            Attempt(name, () =>
            {
                ServiceConnection service = ServiceOf(name);
                Run(name, async (output, token) => await service.GetQuotaAsync(Call(output), token));
            });
        }
    }
}
