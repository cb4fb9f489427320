using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Dialects;

/// <summary>What a connection has warned of: what holds for every request of a run is said once.</summary>
internal sealed class WarnedOnce
{
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>Warns, unless the connection has said the same before.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">Who hears the warning.</param>
    /// <param name="warning">The warning.</param>
    public static void Tell(ServiceConnection connection, CallSettings settings, string warning)
    {
        if (settings.Warning is { } warn && connection.Service(static _ => new WarnedOnce())._said.TryAdd(warning, true))
        {
            warn(warning);
        }
    }
}
