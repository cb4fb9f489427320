using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;

namespace ChatPS.Module;

/// <summary>The models that each connection listed last. Completion looks here and never waits for the network.</summary>
internal sealed class ModelNames
{
    private static readonly CallSettings Quick = new() { Timeout = TimeSpan.FromSeconds(5), MaxRetry = 0 };
    private static readonly TimeSpan LongestList = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Uri, bool> _asked = new();

    public void Remember(ServiceConnection connection, IEnumerable<string> names) => KnownModels.Remember(connection.Settings.BaseUri, [.. names]);

    public IReadOnlyList<string> Get(ServiceConnection connection)
    {
        if (KnownModels.Find(connection.Settings.BaseUri) is { } names)
        {
            return names;
        }

        // The answer will be there the next time that the user presses Tab.
        if (_asked.TryAdd(connection.Settings.BaseUri, true))
        {
            _ = Task.Run(() => AskAsync(connection));
        }

        return [];
    }

    public void Clear()
    {
        KnownModels.Clear();
        _asked.Clear();
    }

    private async Task AskAsync(ServiceConnection connection)
    {
        using CancellationTokenSource limit = new(LongestList);
        try
        {
            Remember(connection, (await connection.Models.ListAsync(Quick, limit.Token)).Select(model => model.Id));
        }
        catch (Exception)
        {
            _asked.TryRemove(connection.Settings.BaseUri, out _);
        }
    }
}
