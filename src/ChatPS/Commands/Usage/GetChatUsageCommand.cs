using System.Management.Automation;
using ChatPS.Client.Usage;
using ChatPS.Prices;

namespace ChatPS.Commands;

/// <summary>Tells what the requests of this process came to.</summary>
[Cmdlet(VerbsCommon.Get, "ChatUsage")]
[OutputType(typeof(ChatUsageTotal))]
public sealed class GetChatUsageCommand : UsageCmdlet
{
    /// <summary>The prices to calculate the cost from: a hashtable, rows of objects, or the path of a CSV file.</summary>
    [Parameter(HelpMessage = "The prices to calculate the cost from: a hashtable, rows of objects, or the path of a CSV file.")]
    [ValidateNotNull]
    public object? PriceTable { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        PriceTable? prices = null;
        WriteObject(ReadTotals(() => prices = PriceTable is null ? null : PriceTableReader.Read(this, PriceTable)), enumerateCollection: true);
        if (prices is not null)
        {
            PriceWarning.Write(this, prices);
        }
    }
}
