using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Models;

/// <summary>How a connection comes to its models and its account.</summary>
public static class ModelAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>The models.</summary>
        public ModelService Models => connection.Service(static connection => new ModelService(connection));

        /// <summary>Finds out what is left of the account.</summary>
        /// <param name="settings">What the call does otherwise.</param>
        /// <param name="cancellationToken">Stops the call.</param>
        /// <returns>The quota.</returns>
        /// <exception cref="ChatServiceException">The service does not tell it, or the call failed.</exception>
        public Task<ChatQuota> GetQuotaAsync(CallSettings settings, CancellationToken cancellationToken) =>
            connection.Require<IQuotaSource>("quota").GetQuotaAsync(connection, settings, cancellationToken);
    }
}
