using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>A command that waits until a service is done with something.</summary>
public abstract class WaitResourceCmdlet : ResourceCmdlet
{
    private const int AtOnce = 8;

    private TimeSpan? _limit;

    private protected WaitResourceCmdlet()
    {
    }

    /// <summary>How many seconds to wait in all; without end if not given.</summary>
    [Parameter(HelpMessage = "How many seconds to wait in all; without end if not given.")]
    [Runs]
    public override double TimeoutSec { get; set; }

    private protected override int MaxConcurrency => AtOnce;

    private protected override TimeSpan? AttemptLimit => null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _limit = IsBound(nameof(TimeoutSec)) ? Require(() => Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec")) : null;
    }

    /// <summary>Waits, and emits what was seen at last.</summary>
    /// <typeparam name="T">What users see.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which one.</param>
    /// <param name="percent">How far the service is with it; null once it is done.</param>
    /// <param name="trouble">What went wrong, to warn of; null where nothing did.</param>
    /// <param name="connection">The connection that it was seen through; null for the usual one.</param>
    /// <param name="item">The pipeline item.</param>
    private protected void Await<T>(ResourceKind<T> kind, ResourcePlace place, Func<T, double?> percent, Func<T, string?> trouble, string? connection, object item)
        where T : class => Attempt(item, () =>
        {
            ServiceConnection service = Connected(connection);
            Run(item, async (output, token) =>
            {
                T seen = await service.Resources.WaitAsync(kind, place, percent, _limit, Call(output), token);
                if (trouble(seen) is { } words)
                {
                    output.Warning(words);
                }

                return seen;
            });
        });
}
