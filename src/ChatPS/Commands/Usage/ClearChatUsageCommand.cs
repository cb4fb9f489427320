using System.Management.Automation;
using ChatPS.Module;

namespace ChatPS.Commands;

/// <summary>Starts the totals of usage anew.</summary>
[Cmdlet(VerbsCommon.Clear, "ChatUsage", SupportsShouldProcess = true)]
public sealed class ClearChatUsageCommand : UsageCmdlet
{
    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (ChatUsageTotal total in ReadTotals(() => null))
        {
            if (ShouldProcess($"{total.Connection} {total.Model}".TrimEnd(), "Clear usage"))
            {
                ModuleState.Connections.Usage.Remove(total);
            }
        }
    }
}
