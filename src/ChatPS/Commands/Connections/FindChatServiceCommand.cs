using System.Management.Automation;
using ChatPS.Client.Discovery;
using ChatPS.Conversion;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Looks for servers on this machine.</summary>
[Cmdlet(VerbsCommon.Find, "ChatService")]
[OutputType(typeof(ChatLocalService))]
public sealed class FindChatServiceCommand : AsyncCmdlet
{
    /// <summary>Ports to look at beside the usual ones.</summary>
    [Parameter(Position = 0, HelpMessage = "Ports to look at beside the usual ones.")]
    public int[] Port { get; set; } = [];

    /// <summary>How many seconds a server may take for an answer.</summary>
    [Parameter(HelpMessage = "How many seconds a server may take for an answer.")]
    public double TimeoutSec { get; set; } = 1;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        TimeSpan timeout = Require(() => Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec"));
        Run(null, async (output, token) =>
        {
            foreach (ChatLocalService service in await LocalServiceFinder.FindAsync(LocalServiceFinder.UsualPorts.Concat(Port), timeout, token))
            {
                await output.EmitAsync(service, token);
            }

            return null;
        });
    }
}
