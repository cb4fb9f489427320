using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Models;

/// <summary>The list of models as a dialect reads it.</summary>
internal interface IModelCatalog
{
    /// <summary>Lists all models.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models in the service's order.</returns>
    Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken);

    /// <summary>Fetches one model.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its exact id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken);
}
