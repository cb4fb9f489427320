using System.Text.Json.Serialization;
using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Models;
using Refit;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Gemini as Google made it: <c>generateContent</c> and its stream.</summary>
internal sealed class GeminiDialect : ChatDialect<IGeminiApi, GeminiRequest, GeminiResponse, GeminiResponse>, IModelCatalog
{
    /// <summary>The name, which <see cref="ChatMessage.RawDialect"/> holds too.</summary>
    public const string DialectName = "Gemini";

    private const string MostModels = "1000";

    private static readonly string[] Collections = ["/models", "/tunedModels"];

    public override string Name => DialectName;

    internal override string? KeyHeader => "x-goog-api-key";

    internal override IReadOnlyList<string> Endpoints => Collections;

    internal override IReadOnlyList<object> Families => [GeminiEmbeddings.Family, GeminiImages.Own, GeminiFiles.Family, GeminiBatches.Engine, GeminiTokens.Counter, DecisionForms.Gemini];

    internal override string[]? WordsOf(string property) => property == nameof(ChatRequest.ServiceTier) ? ["standard", "flex", "priority"] : null;

    public override IReadOnlyCollection<string> Supported { get; } =
    [
        nameof(ChatRequest.Temperature), nameof(ChatRequest.TopP), nameof(ChatRequest.TopK), nameof(ChatRequest.N), nameof(ChatRequest.Stop),
        nameof(ChatRequest.MaxTokens), nameof(ChatRequest.MaxCompletionTokens), nameof(ChatRequest.PresencePenalty), nameof(ChatRequest.FrequencyPenalty), nameof(ChatRequest.LogProbs),
        nameof(ChatRequest.TopLogProbs), nameof(ChatRequest.Seed), nameof(ChatRequest.ResponseFormat), nameof(ChatRequest.Tools), nameof(ChatRequest.ToolChoice),
        nameof(ChatRequest.BuiltInTools), nameof(ChatRequest.ReasoningEffort), nameof(ChatRequest.ReasoningSummary), nameof(ChatRequest.ThinkingBudget), nameof(ChatRequest.ServiceTier), nameof(ChatRequest.Modalities),
    ];

    public override ServiceAddress Locate(Uri uri, string? apiVersion)
    {
        string path = uri.AbsolutePath;
        string? model = FindModel(path) is var (start, end) ? GeminiModelName.ToId(Uri.UnescapeDataString(path.Substring(start + 1, end - start - 1))) : null;
        return base.Locate(uri, apiVersion) with { Model = model };
    }

    internal override string CompletePath(string path)
    {
        string root = FindModel(path) is var (start, _) ? path.Substring(0, start) : path;
        return BaseAddress.HasVersion(root) ? root : root + "/v1beta";
    }

    // The model stands in the address only, and the answers of two models are not the same.
    public override ArraySegment<byte> ToJson(ChatRequest request, ConnectionSettings connection, CallSettings settings)
    {
        Dictionary<string, object?> additional = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in settings.AdditionalBody ?? additional)
        {
            additional[member.Key] = member.Value;
        }

        additional["model"] = connection.ModelFor(request.Model);
        return base.ToJson(request, connection, settings with { AdditionalBody = additional });
    }

    internal override string? Advise(ApiError error, ConnectionSettings connection) => GeminiFinish.Advise(error.Code);

    public override Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        Rounds.AskAsync(WithKnown(connection, request), settings, next => GeminiLevels.AskAsync(connection, next, settings, asked => base.AskAsync(connection, asked, settings, cancellationToken)));

    public override IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken) =>
        Rounds.StreamAsync(WithKnown(connection, request), settings, cameWhole, (next, whole) =>
            GeminiLevels.StreamAsync(connection, next, settings, asked => base.AskForStreamAsync(connection, asked, settings, whole, cancellationToken)));

    public override ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin) =>
        Rounds.Restore(raw, isStream, request, (answer, round) => base.Restore(answer, isStream, round, origin));

    public Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) => Pages.AllAsync(
        (place, stop) => connection.SendAsync(
            settings,
            (call, token) => connection.Client<IGeminiApi>(GeminiJsonContext.Default).ListModelsAsync(Pages.Fields(("pageSize", settings.Unless("pageSize", MostModels)), ("pageToken", place)), call, token),
            static (page, call) => page is { Models: null, AdditionalProperties.Count: > 0 }
                ? throw new WireFormatException("The answer is no list of models.", page.Raw)
                : new Page<ChatModel>([.. (page.Models ?? []).Select(model => ToModel(model, call))], page.NextPageToken),
            stop),
        static model => model.Id,
        cancellationToken);

    public Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        string path = GeminiModelName.ToPath(id);
        return connection.SendAsync(
            settings, (call, token) => connection.Client<IGeminiApi>(GeminiJsonContext.Default).GetModelAsync(path, call, token), static (model, call) => ToModel(model, call), cancellationToken);
    }

    protected override JsonSerializerContext Answers => GeminiJsonContext.Default;

    protected override string SampleAnswer =>
        """{"candidates":[{"content":{"role":"model","parts":[{"text":"!"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2},"modelVersion":"m","responseId":"r"}""";

    protected override GeminiRequest ToWire(ChatRequest request, string model, bool stream) => GeminiRequestMapper.ToWire(request, model);

    protected override ChatCompletion FromWire(GeminiResponse response, ChatRequest request, IAnswerOrigin origin) => GeminiAnswerMapper.FromWire(response, request, origin);

    protected override IStreamAccumulator<GeminiResponse, ChatCompletionUpdate> Accumulate(ChatRequest request) => new GeminiAccumulator(request);

    protected override Task<IApiResponse<GeminiResponse>> SendAsync(
        IGeminiApi api, GeminiRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.GenerateAsync(GeminiModelName.ToPath(call.Model!), body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(
        IGeminiApi api, GeminiRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(GeminiModelName.ToPath(call.Model!), body, call, cancellationToken);

    // Pages of the vendor show whole addresses, such as /v1beta/models/gemini-2.5-flash:generateContent.
    private static (int Start, int End)? FindModel(string path)
    {
        int start = Collections.Max(name => path.LastIndexOf(name + "/", StringComparison.Ordinal));
        int end = path.LastIndexOf(':');
        return start >= 0 && end > start ? (start, end) : null;
    }

    private static ChatRequest WithKnown(ServiceConnection connection, ChatRequest request) =>
        request.ReasoningEffort is null && request.ThinkingBudget is null ? request : request with { Known = connection.Models.Known(connection.ModelFor(request.Model)) };

    private static ChatModel ToModel(GeminiModel model, CallContext call)
    {
        ModelFacts facts = new(model.AdditionalProperties, call.Secrets);
        ModelFacts status = facts.Within("modelStatus");
        return new ChatModel
        {
            Id = model.Name is { Length: > 0 } name ? ModelFacts.Name(GeminiModelName.ToId(name), call.Secrets)! : throw new WireFormatException("The answer is no model.", model.Raw),
            DisplayName = ModelFacts.Name(model.DisplayName, call.Secrets),
            RetiresAt = status.Time("retirementTime"),
            Lifecycle = status.Text("modelStage"),
            MaxInputTokens = facts.Tokens("inputTokenLimit"),
            MaxOutputTokens = facts.Tokens("outputTokenLimit"),
            Capabilities = facts.Words("supportedGenerationMethods", "supportedActions", "thinking"),
            Connection = call.Connection.Name,
            RequestId = call.RequestId,
            Raw = Redactor.Redact(model.Raw, call.Secrets),
        };
    }
}
