using ChatPS.Client.Faults;
using ChatPS.Module;

namespace ChatPS.Pipeline;

/// <summary>A model that each item of a run is put to.</summary>
/// <param name="Model">Its name; null for the connection's.</param>
/// <param name="Connection">The connection that its name brings along; null for none.</param>
internal sealed record AskedModel(string? Model, string? Connection)
{
    /// <summary>Whatever model the connection has.</summary>
    public static readonly AskedModel[] ByDefault = [new(null, null)];

    /// <summary>Reads what was given to <c>-Model</c>.</summary>
    /// <param name="names">The names, each of which may begin with that of a connection.</param>
    /// <param name="connection">The connection that was named beside them; null for none.</param>
    /// <returns>The models, in their order.</returns>
    /// <exception cref="ChatServiceException">One is named twice, or one of several is empty.</exception>
    public static AskedModel[] Read(string[] names, string? connection)
    {
        List<AskedModel> models = [];
        foreach (string name in names)
        {
            AskedModel model = connection is null && ModuleState.Connections.Split(name, ModuleState.RunspaceId) is { Connection: { } named } split ? new(split.Model, named) : new(name, null);
            if (names.Length > 1 && string.IsNullOrEmpty(name))
            {
                throw Failures.Invalid("-Model: one of the names is empty.", "Name each model that is asked.");
            }

            if (models.Contains(model))
            {
                throw Failures.Invalid($"-Model names '{name}' twice.", "Name each model once. For several answers of one model there is -N.");
            }

            models.Add(model);
        }

        return models.Count == 0 ? ByDefault : [.. models];
    }

    /// <summary>Refuses what makes no sense where several models are asked.</summary>
    /// <param name="parameter">The parameter that was given besides; null for none.</param>
    /// <exception cref="ChatServiceException">One was given.</exception>
    public static void RefuseBeside(string? parameter)
    {
        if (parameter is not null)
        {
            throw Failures.Invalid($"-Model names several models, which does not go with -{parameter}: each item has an answer of each model.", $"Name one model, or leave out -{parameter}.");
        }
    }
}
