using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Dialects;

/// <summary>Says of values that are not known to be a service's that they go out as they are: once for each on a connection.</summary>
internal sealed class UnknownWords
{
    private readonly ConcurrentDictionary<string, bool> _said = new(StringComparer.Ordinal);

    /// <summary>Warns of a value.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">Who hears the warning.</param>
    /// <param name="parameter">The parameter that gives it.</param>
    /// <param name="value">The value; null for none.</param>
    /// <param name="known">The values that the service is known to take.</param>
    public static void Tell(ServiceConnection connection, CallSettings settings, string parameter, string? value, params string[] known)
    {
        if (value is not null && !known.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            Once(connection, settings, $"{parameter} '{value}' is not known to be a value that {connection.Settings.ServiceNameWithin} takes ({string.Join(", ", known)}). It is sent as it is.");
        }
    }

    /// <summary>Warns, unless the connection has heard the same before.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">Who hears the warning.</param>
    /// <param name="warning">The warning.</param>
    public static void Once(ServiceConnection connection, CallSettings settings, string warning)
    {
        if (settings.Warning is { } warn && connection.Service(static _ => new UnknownWords())._said.TryAdd(warning, true))
        {
            warn(warning);
        }
    }
}
