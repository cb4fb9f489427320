using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Models;

/// <summary>The models of one connection.</summary>
public sealed class ModelService
{
    private readonly ServiceConnection _connection;

    internal ModelService(ServiceConnection connection) => _connection = connection;

    private IModelCatalog Catalog => _connection.Dialect.Offer<IModelCatalog>() ?? throw Failures.Invalid(
        $"{_connection.Settings.ServiceName} has no list of models (connection '{_connection.Settings.Name}').", "See the service's own page for the names of its models.");

    /// <summary>Tells what the service said of a model, where this connection has asked for it or for the list before. Nothing is sent.</summary>
    /// <param name="id">Its exact id.</param>
    /// <returns>The model as it was told last; null where nothing is known.</returns>
    public ChatModel? Known(string id) => _connection.KnownModels.Find(id);

    /// <summary>Whether a model can be recommended: the service has not told here that it has ended, or ends within a month. Nothing is sent.</summary>
    /// <param name="id">Its exact id.</param>
    /// <returns>Whether it can.</returns>
    public bool Lasts(string id) => _connection.KnownModels.Lasts(id);

    /// <summary>Lists all models.</summary>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models in the service's order.</returns>
    /// <exception cref="ChatServiceException">There is no list; it says why.</exception>
    public async Task<IReadOnlyList<ChatModel>> ListAsync(CallSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatModel> models = await Catalog.ListModelsAsync(_connection, settings, cancellationToken);
        foreach (ChatModel model in models)
        {
            _connection.KnownModels.Remember(model.Id, model);
        }

        return models;
    }

    /// <summary>Fetches one model.</summary>
    /// <param name="id">Its exact id.</param>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ChatServiceException">There is no such model, or the call failed.</exception>
    public async Task<ChatModel> GetAsync(string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        ChatModel model = await Catalog.GetModelAsync(_connection, id, settings, cancellationToken);

        // An alias is answered with the model that it stands for.
        _connection.KnownModels.Remember(model.Id, model);
        _connection.KnownModels.Remember(id, model);
        return model;
    }
}
