using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Models;

/// <summary>The list of models in OpenAI's form, which most others have, too.</summary>
internal sealed class OpenAIModels : IModelCatalog
{
    public static readonly OpenAIModels Catalog = new();

    /// <inheritdoc />
    public async Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        (await ListPageAsync(connection, settings, query: null, cancellationToken)).Items;

    /// <inheritdoc />
    public Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) => connection.SendAsync(
        settings,
        (call, token) => connection.Client<IModelsApi>(ModelsJsonContext.Default).GetAsync(id, call, token),
        static (model, call) => string.IsNullOrEmpty(model.Id) ? throw new WireFormatException("The answer is no model.", model.Raw) : ToModel(model, call),
        cancellationToken);

    /// <summary>Lists one page of the models.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="query">The query; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The models, and where the next page begins.</returns>
    public static Task<Page<ChatModel>> ListPageAsync(
        ServiceConnection connection, CallSettings settings, IDictionary<string, string>? query, CancellationToken cancellationToken) => connection.SendAsync(
        settings,
        (call, token) => connection.Client<IModelsApi>(ModelsJsonContext.Default).ListAsync(query, call, token),
        static (list, call) => list.Data is { } models
            ? Pages.Of([.. models.Select(model => ToModel(model, call))], list.HasMore, list.LastId, model => model.Id)
            : throw new WireFormatException("The answer is no list of models.", list.Raw),
        cancellationToken);

    // What the list of OpenAI leaves out stands under these names at Anthropic, OpenRouter, Mistral, Groq and vLLM.
    private static ChatModel ToModel(Model model, CallContext call)
    {
        ModelFacts facts = new(model.AdditionalProperties, call.Secrets);
        return new ChatModel
        {
            Id = ModelFacts.Name(model.Id, call.Secrets) ?? "",
            DisplayName = ModelFacts.Name(model.DisplayName, call.Secrets),
            OwnedBy = ModelFacts.Name(model.OwnedBy, call.Secrets),
            Created = UnixTime.From(model.Created ?? model.CreatedAt),
            RetiresAt = ModelFacts.Time(model.ShutdownDate) ?? facts.Time("retires_at", "expiration_date", "deprecation"),
            Replacement = facts.Text("replacement", "deprecation_replacement_model"),
            Lifecycle = facts.Text("lifecycle"),
            MaxInputTokens = facts.Tokens("max_input_tokens", "context_length", "max_context_length", "context_window", "max_model_len"),
            MaxOutputTokens = facts.Tokens("max_tokens", "max_completion_tokens"),
            Capabilities = facts.Words("capabilities", "supported_parameters"),
            Connection = call.Connection.Name,
            RequestId = call.RequestId,
            Raw = Redactor.Redact(model.Raw, call.Secrets),
        };
    }
}
