using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Models;

/// <summary>The list of models as a dialect reads it.</summary>
internal interface IModelCatalog : IModelSource
{
    /// <summary>Lists all models.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models in the service's order.</returns>
    Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken);
}
