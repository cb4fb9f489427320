using System.Globalization;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>The models of one connection.</summary>
public sealed class ModelService
{
    private readonly ServiceConnection _connection;

    internal ModelService(ServiceConnection connection) => _connection = connection;

    /// <summary>Lists all models.</summary>
    /// <param name="settings">What this call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models in the service's order.</returns>
    /// <exception cref="ChatServiceException">There is no list; it says why.</exception>
    public async Task<IReadOnlyList<ChatModel>> ListAsync(CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = _connection.Begin(settings, cancellationToken);
        ModelList list = await _connection.CallAsync(call, token => _connection.ModelList.ListAsync(settings.Headers(), settings.Query(), call, token));
        if (list.Data is not { } models)
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no list of models.", list.Raw), call);
        }

        call.Succeed(model: null);
        return [.. models.Select(model => FromWire(model, call))];
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
        using CallContext call = _connection.Begin(settings, cancellationToken);
        Model model = await _connection.CallAsync(call, token => _connection.ModelList.GetAsync(id, settings.Headers(), settings.Query(), call, token));
        if (string.IsNullOrEmpty(model.Id))
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no model.", model.Raw), call);
        }

        call.Succeed(model: null);
        return FromWire(model, call);
    }

    private static ChatModel FromWire(Model model, CallContext call) => new()
    {
        Id = model.Id ?? "",
        OwnedBy = model.OwnedBy,
        Created = UnixTime.From(model.Created),
        ShutdownDate = DateTimeOffset.TryParse(model.ShutdownDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) ? day : null,
        Connection = call.Connection.Name,
        RequestId = call.RequestId,
        Raw = Redactor.Redact(model.Raw, call.Secrets),
    };
}
