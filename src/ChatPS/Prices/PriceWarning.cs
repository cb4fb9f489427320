using System.Management.Automation;
using ChatPS.Client.Usage;

namespace ChatPS.Prices;

/// <summary>Says that a table of prices fits none of the models that there were.</summary>
internal static class PriceWarning
{
    /// <summary>Writes the warning, where it is due.</summary>
    /// <param name="cmdlet">The command that was given the table.</param>
    /// <param name="prices">The table, after it was used.</param>
    public static void Write(Cmdlet cmdlet, PriceTable prices)
    {
        if (prices.Misses is { Count: > 0 } misses)
        {
            cmdlet.WriteWarning($"-PriceTable has no price for {string.Join(", ", misses.Select(model => $"'{model}'"))}: the cost is not known. Add the model, or a pattern that fits it.");
        }
    }
}
