using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Models;

/// <summary>Looks a model up where its abilities decide how a request is written: once for each model of a connection, whatever comes of it.</summary>
/// <param name="connection">The connection.</param>
internal sealed class ModelLook(ServiceConnection connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Task<ChatModel?>> _looks = new(StringComparer.Ordinal);

    /// <summary>Finds what is known of a model.</summary>
    /// <param name="id">The model.</param>
    /// <param name="settings">What the call does otherwise that needs the model.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The model; null where the service does not tell.</returns>
    public Task<ChatModel?> AtAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        if (connection.Models.Known(id) is { } known)
        {
            return Task.FromResult<ChatModel?>(known);
        }

        lock (_looks)
        {
            if (!_looks.TryGetValue(id, out Task<ChatModel?>? look))
            {
                _looks[id] = look = FetchAsync(id, settings, cancellationToken);
            }

            return look;
        }
    }

    // The request that follows tells what is wrong, if it is wrong for that as well.
    private async Task<ChatModel?> FetchAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Models.GetAsync(id, new CallSettings { AdditionalHeader = settings.AdditionalHeader, Secrets = settings.Secrets, Verbose = settings.Verbose, Timeout = Patience, MaxRetry = 0 }, cancellationToken);
        }
        catch (ChatServiceException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            lock (_looks)
            {
                _looks.Remove(id);
            }

            return null;
        }
    }
}
