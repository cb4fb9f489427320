using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Images;
using ChatPS.Client.Models;
using ChatPS.Client.ServiceFiles;
using Refit;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Chat completions as OpenAI made them, and as most others understand them.</summary>
internal sealed class OpenAIDialect : ChatDialect<IChatCompletionsApi, ChatCompletionRequest, ChatCompletionResponse, ChatCompletionChunk>
{
    /// <summary>A small answer, as all give it who speak as OpenAI does.</summary>
    public const string Sample =
        """{"id":"c","object":"chat.completion","created":1700000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"!"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    public override string Name => "OpenAI";

    public override bool IsOpenAIs => true;

    internal override IReadOnlyList<object> Families =>
    [
        OpenAIEndpoints.All, OpenAIModels.Catalog, BillingQuota.Source, OpenAIEmbeddings.Family, OpenAIAudio.Endpoints,
        OpenAIImages.Standard, IdeogramImages.Standard, IdeogramImages.Third, StabilityImages.Standard, OpenAIFiles.Standard, OpenAIBatches.Chats, DecisionSearch.Allowed, OpenAITokens.Exchange,
    ];

    /// <summary>The properties of a request that have a place in chat completions.</summary>
    public static readonly IReadOnlyCollection<string> InChat =
    [
        nameof(ChatRequest.Temperature), nameof(ChatRequest.TopP), nameof(ChatRequest.TopK), nameof(ChatRequest.N), nameof(ChatRequest.Stop),
        nameof(ChatRequest.MaxTokens), nameof(ChatRequest.MaxCompletionTokens), nameof(ChatRequest.PresencePenalty), nameof(ChatRequest.FrequencyPenalty), nameof(ChatRequest.LogitBias),
        nameof(ChatRequest.LogProbs), nameof(ChatRequest.TopLogProbs), nameof(ChatRequest.Seed), nameof(ChatRequest.ResponseFormat), nameof(ChatRequest.Tools),
        nameof(ChatRequest.ToolChoice), nameof(ChatRequest.ParallelToolCalls), nameof(ChatRequest.Functions), nameof(ChatRequest.FunctionCall), nameof(ChatRequest.ReasoningEffort),
        nameof(ChatRequest.Verbosity), nameof(ChatRequest.Modalities), nameof(ChatRequest.Audio), nameof(ChatRequest.Prediction), nameof(ChatRequest.WebSearchOptions),
        nameof(ChatRequest.Moderation), nameof(ChatRequest.ServiceTier), nameof(ChatRequest.Store), nameof(ChatRequest.Metadata), nameof(ChatRequest.PromptCacheKey),
        nameof(ChatRequest.PromptCacheRetention), nameof(ChatRequest.PromptCacheOptions), nameof(ChatRequest.SafetyIdentifier), nameof(ChatRequest.User), nameof(ChatRequest.IncludeObfuscation),
    ];

    public override IReadOnlyCollection<string> Supported => InChat;

    protected override JsonSerializerContext Answers => ChatJsonContext.Default;

    protected override JsonSerializerContext Requests => ChatRequestJsonContext.Default;

    protected override string SampleAnswer => Sample;

    protected override ChatRequest Prepare(ChatRequest request, ConnectionSettings connection) => 
        SentBack.For(connection.Reasoning == ReasoningForm.Effort ? request : request with { ReasoningForm = connection.Reasoning }, connection.BaseUri);

    protected override ChatCompletionRequest ToWire(ChatRequest request, string model, bool stream)
    {
        ChatCompletionRequest body = ChatMapper.ToWire(request, model, stream);
        return request.ReasoningForm == ReasoningForm.Effort ? body : ReasoningMapper.Reform(body, request.ReasoningForm);
    }

    protected override ChatCompletion FromWire(ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin) => ChatMapper.FromWire(response, request, origin);

    protected override IStreamAccumulator<ChatCompletionChunk, ChatCompletionUpdate> Accumulate(ChatRequest request) => new ChatAccumulator(request);

    protected override Task<IApiResponse<ChatCompletionResponse>> SendAsync(
        IChatCompletionsApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(
        IChatCompletionsApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(body, call, cancellationToken);
}
