using System.Management.Automation;
using ChatPS.Client.Usage;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>What the cmdlets that deal with the totals of usage take to choose among them.</summary>
public abstract class UsageCmdlet : PSCmdlet
{
    private protected UsageCmdlet()
    {
    }

    /// <summary>Names of connections, or wildcards.</summary>
    [Parameter(Position = 0, HelpMessage = "Names of connections, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Connection { get; set; } = ["*"];

    /// <summary>Names of models, or wildcards.</summary>
    [Parameter(HelpMessage = "Names of models, or wildcards.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Model { get; set; } = ["*"];

    /// <summary>Reads the totals that are wanted. What cannot be read ends the command.</summary>
    /// <param name="prices">Makes the prices to calculate the cost from, or null.</param>
    /// <returns>The totals, sorted by connection and model.</returns>
    private protected IReadOnlyList<ChatUsageTotal> ReadTotals(Func<PriceTable?> prices)
    {
        try
        {
            WildcardPattern[] connections = [.. Connection.Select(Wildcards.Of)];
            WildcardPattern[] models = [.. Model.Select(Wildcards.Of)];
            return ModuleState.Connections.Usage.Read(
                (connection, model) => Array.Exists(connections, pattern => pattern.IsMatch(connection)) && Array.Exists(models, pattern => pattern.IsMatch(model)), prices());
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, target: null));
            throw;
        }
    }
}
