using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>One model as a dialect reads it.</summary>
internal interface IModelSource
{
    /// <summary>Fetches one model.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its exact id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);
}
