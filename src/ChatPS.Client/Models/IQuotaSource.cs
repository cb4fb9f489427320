using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Models;

/// <summary>What is left of an account, as a dialect finds it out.</summary>
internal interface IQuotaSource
{
    /// <summary>Finds out what is left of the account.</summary>
    /// <param name="connection">The connection, whose service offers it.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The quota.</returns>
    Task<ChatQuota> GetQuotaAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken);
}
