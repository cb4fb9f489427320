using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
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
    private const string TokenBegin = "sk-ant-oat";

    public override string Name => DialectName;

    internal override string KeyHeader => "x-api-key";

    internal override IReadOnlyDictionary<string, string> Headers(ConnectionSettings connection) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [AnthropicVersion.Header] = AnthropicVersion.Of(connection) };

    // Tokens of a sign-in are told from keys by their look; the service takes them as bearer tokens only.
    internal override string KeyHeaderFor(string key) => key.StartsWith(TokenBegin, StringComparison.Ordinal) ? "Authorization" : KeyHeader;

    internal override string? Advise(ApiError error, ConnectionSettings connection) => AnthropicAdvice.For(error, connection);

    internal override IReadOnlyList<string> Endpoints => ["/messages/batches", "/messages/count_tokens", "/messages", "/models"];

    internal override IReadOnlyList<object> Families => [AnthropicFiles.Family, AnthropicBatches.Engine, AnthropicTokens.Counter, AnthropicAccess.Exchange];

    internal override string[]? WordsOf(string property) => property switch
    {
        nameof(ChatRequest.ReasoningEffort) => ["none", "low", "medium", "high", "xhigh", "max"],
        nameof(ChatRequest.ServiceTier) => ["auto", "standard_only"],
        nameof(ChatRequest.PromptCacheRetention) => ["5m", "1h"],
        _ => null,
    };

    public override IReadOnlyCollection<string> Supported { get; } =
    [
        nameof(ChatRequest.Temperature), nameof(ChatRequest.TopP), nameof(ChatRequest.TopK), nameof(ChatRequest.Stop), nameof(ChatRequest.MaxTokens),
        nameof(ChatRequest.MaxCompletionTokens), nameof(ChatRequest.ResponseFormat), nameof(ChatRequest.Tools), nameof(ChatRequest.ToolChoice), nameof(ChatRequest.ParallelToolCalls),
        nameof(ChatRequest.BuiltInTools), nameof(ChatRequest.ReasoningEffort), nameof(ChatRequest.ReasoningSummary), nameof(ChatRequest.ThinkingBudget), nameof(ChatRequest.ServiceTier), nameof(ChatRequest.SafetyIdentifier),
        nameof(ChatRequest.User), nameof(ChatRequest.PromptCacheRetention),
    ];

    public Task<IReadOnlyList<ChatModel>> ListModelsAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) => Pages.AllAsync(
        (after, token) => OpenAIModels.ListPageAsync(connection, settings, Pages.Fields(("limit", settings.Unless("limit", LargestPage)), ("after_id", after)), token), static model => model.Id, cancellationToken);

    public Task<ChatModel> GetModelAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIModels.Catalog.GetModelAsync(connection, id, settings, cancellationToken);

    public override async Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatRequest known = await AnthropicModels.LookAsync(connection, Checked(request, connection, settings), settings, cancellationToken);
        return await Rounds.AskAsync(known, settings, next => base.AskAsync(connection, next, settings, cancellationToken));
    }

    public override async IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ServiceConnection connection, ChatRequest request, CallSettings settings, Action cameWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatRequest known = await AnthropicModels.LookAsync(connection, Checked(request, connection, settings), settings, cancellationToken);
        await foreach (ChatCompletionUpdate update in Rounds.StreamAsync(known, settings, cameWhole, (next, whole) => base.AskForStreamAsync(connection, next, settings, whole, cancellationToken)))
        {
            yield return update;
        }
    }

    public override ChatCompletion Restore(string raw, bool isStream, ChatRequest request, IAnswerOrigin origin) =>
        Rounds.Restore(raw, isStream, request, (answer, round) => base.Restore(answer, isStream, round, origin));

    // What cannot be sent costs no look at the model.
    private ChatRequest Checked(ChatRequest request, ServiceConnection connection, CallSettings settings)
    {
        _ = Translate(request, connection.ModelFor(request.Model), connection.Settings, settings, stream: false);
        return request;
    }

    protected override ChatRequest Prepare(ChatRequest request, ConnectionSettings connection)
    {
        AnthropicVersion.Require(request, connection);
        return request;
    }

    protected override JsonSerializerContext Answers => AnthropicJsonContext.Default;

    protected override string SampleAnswer =>
        """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"!"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    protected override MessagesRequest ToWire(ChatRequest request, string model, bool stream) => AnthropicRequestMapper.ToWire(request, model, stream);

    protected override ChatCompletion FromWire(MessageResponse response, ChatRequest request, IAnswerOrigin origin) => AnthropicAnswerMapper.FromWire(response, request, origin);

    protected override IStreamAccumulator<MessageEvent, ChatCompletionUpdate> Accumulate(ChatRequest request) => new AnthropicAccumulator(request);

    protected override Task<IApiResponse<MessageResponse>> SendAsync(
        IMessagesApi api, MessagesRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(
        IMessagesApi api, MessagesRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(body, call, cancellationToken);
}
