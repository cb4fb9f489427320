using System.Globalization;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Models;

/// <summary>The list of models in OpenAI's form, which most others have, too.</summary>
internal static class OpenAIModels
{
    /// <summary>Lists models, all or one page of them.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models, and what the service says besides.</returns>
    public static async Task<(IReadOnlyList<ChatModel> Page, ModelList List)> ListPageAsync(
        ServiceConnection connection, CallSettings settings, IDictionary<string, string>? query, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        ModelList list = await connection.CallAsync(call, token => connection.Client<IModelsApi>().ListAsync(settings.Headers(), query, call, token));
        if (list.Data is not { } models)
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no list of models.", list.Raw), call);
        }

        call.Succeed(model: null);
        return ([.. models.Select(model => ToModel(model, call))], list);
    }

    /// <summary>Fetches one model.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="id">Its exact id.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    public static async Task<ChatModel> GetAsync(ServiceConnection connection, string id, CallSettings settings, IDictionary<string, string>? query, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken);
        Model model = await connection.CallAsync(call, token => connection.Client<IModelsApi>().GetAsync(id, settings.Headers(), query, call, token));
        if (string.IsNullOrEmpty(model.Id))
        {
            throw FailureMapper.FromException(new WireFormatException("The answer is no model.", model.Raw), call);
        }

        call.Succeed(model: null);
        return ToModel(model, call);
    }

    private static ChatModel ToModel(Model model, CallContext call) => new()
    {
        Id = model.Id ?? "",
        DisplayName = model.DisplayName,
        OwnedBy = model.OwnedBy,
        Created = UnixTime.From(model.Created ?? model.CreatedAt),
        ShutdownDate = DateTimeOffset.TryParse(model.ShutdownDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day) ? day : null,
        Connection = call.Connection.Name,
        RequestId = call.RequestId,
        Raw = Redactor.Redact(model.Raw, call.Secrets),
    };
}
