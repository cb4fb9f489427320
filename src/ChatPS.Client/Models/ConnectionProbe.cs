using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Models;

/// <summary>Finds out whether a connection works.</summary>
public static class ConnectionProbe
{
    /// <summary>Lists the models twice: once to connect, once to measure.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What these calls do otherwise.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <returns>What was found; a failure is a finding, too.</returns>
    public static async Task<ChatConnectionTest> RunAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken)
    {
        string name = connection.Settings.Name;
        Uri address = connection.Settings.BaseUri;
        try
        {
            await connection.Models.ListAsync(settings, cancellationToken);
            long started = TimeProvider.System.GetTimestamp();
            IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(settings, cancellationToken);
            return new ChatConnectionTest
            {
                Connection = name,
                BaseUri = address,
                Reachable = true,
                Authenticated = true,
                Latency = TimeProvider.System.GetElapsedTime(started),
                ModelCount = models.Count,
                RequestId = models.Count > 0 ? models[0].RequestId : null,
            };
        }
        catch (ChatServiceException failure)
        {
            return new ChatConnectionTest
            {
                Connection = name,
                BaseUri = address,
                Reachable = failure.ErrorId is not (ErrorIds.ConnectionFailed or ErrorIds.Timeout) || failure.StatusCode is not null,
                Authenticated = failure.ErrorId == ErrorIds.AuthenticationFailed ? false : null,
                ErrorId = failure.ErrorId,
                Message = $"{failure.Message.TrimEnd('.')}. {failure.RecommendedAction}",
                RequestId = failure.RequestId,
            };
        }
    }
}
