using System.Text.Json.Serialization;
using ChatPS.Api.Anthropic;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;
using Refit;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Messages as Anthropic made them.</summary>
internal sealed class AnthropicDialect : ChatDialect<IMessagesApi, MessagesRequest, MessageResponse, MessageEvent>, IModelCatalog
{
    /// <summary>The name of the dialect, which stands on messages that are kept as they came.</summary>
    public const string DialectName = "Anthropic";

    private const string LargestPage = "1000";

    public override string Name => DialectName;

    internal override string KeyHeader => "x-api-key";

    internal override IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["anthropic-version"] = "2023-06-01" };

    internal override IReadOnlyList<string> Endpoints => ["/messages/batches", "/messages", "/models"];

    internal override IReadOnlyList<object> Families => [AnthropicFiles.Family, AnthropicBatches.Engine];

    public override IReadOnlyCollection<string> Supported { get; } =
    [
        nameof(ChatRequest.Temperature), nameof(ChatRequest.TopP), nameof(ChatRequest.TopK), nameof(ChatRequest.Stop), nameof(ChatRequest.MaxTokens),
        nameof(ChatRequest.MaxCompletionTokens), nameof(ChatRequest.ResponseFormat), nameof(ChatRequest.Tools), nameof(ChatRequest.ToolChoice), nameof(ChatRequest.ParallelToolCalls),
        nameof(ChatRequest.BuiltInTools), nameof(ChatRequest.ReasoningEffort), nameof(ChatRequest.ThinkingBudget), nameof(ChatRequest.ServiceTier), nameof(ChatRequest.SafetyIdentifier),
        nameof(ChatRequest.User),
    ];

    public Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) => Pages.AllAsync(
        (after, token) => OpenAIModels.ListPageAsync(connection, settings, Pages.Fields(("limit", settings.Unless("limit", LargestPage)), ("after_id", after)), token), static model => model.Id, cancellationToken);

    public Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIModels.Catalog.GetModelAsync(connection, id, settings, cancellationToken);

    protected override JsonSerializerContext Answers => AnthropicJsonContext.Default;

    protected override string SampleAnswer =>
        """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"!"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    protected override MessagesRequest ToWire(ChatRequest request, string model, bool stream) => AnthropicRequestMapper.ToWire(request, model, stream);

    protected override ChatCompletion FromWire(MessageResponse response, ChatRequest request, IAnswerOrigin origin) => AnthropicAnswerMapper.ToParts(response).ToCompletion(request, origin);

    protected override IStreamAccumulator<MessageEvent, ChatCompletionUpdate> Accumulate(ChatRequest request) => new AnthropicAccumulator(request);

    protected override Task<IApiResponse<MessageResponse>> SendAsync(
        IMessagesApi api, MessagesRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(
        IMessagesApi api, MessagesRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(body, call, cancellationToken);
}
