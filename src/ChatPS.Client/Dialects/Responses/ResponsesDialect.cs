using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Images;
using ChatPS.Client.Models;
using ChatPS.Client.ServiceFiles;
using Refit;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>OpenAI's Responses: chats whose state the service can keep, with tools that the service runs itself.</summary>
internal sealed class ResponsesDialect : ChatDialect<IResponsesApi, ResponseRequest, Response, ResponseEvent>
{
    public override string Name => ResponseMessageMapper.Dialect;

    public override bool IsOpenAIs => true;

    internal override IReadOnlyList<object> Families =>
    [
        OpenAIEndpoints.All, OpenAIModels.Catalog, BillingQuota.Source, OpenAIEmbeddings.Family, OpenAIAudio.Endpoints, OpenAIImages.Standard, ResponsesImages.Tool,
        OpenAIFiles.Standard, OpenAIBatches.Responses, DecisionSearch.Allowed, OpenAITokens.Exchange,
    ];

    internal override string[]? WordsOf(string property) => property == nameof(ChatRequest.ServiceTier) ? ["auto", "default", "flex", "scale", "priority", "fast", "ultrafast"] : null;

    public override IReadOnlyCollection<string> Supported { get; } =
    [
        nameof(ChatRequest.Temperature), nameof(ChatRequest.TopP), nameof(ChatRequest.MaxTokens), nameof(ChatRequest.MaxCompletionTokens), nameof(ChatRequest.LogProbs),
        nameof(ChatRequest.TopLogProbs), nameof(ChatRequest.ResponseFormat), nameof(ChatRequest.Tools), nameof(ChatRequest.ToolChoice), nameof(ChatRequest.ParallelToolCalls),
        nameof(ChatRequest.BuiltInTools), nameof(ChatRequest.ReasoningEffort), nameof(ChatRequest.ReasoningSummary), nameof(ChatRequest.Verbosity), nameof(ChatRequest.WebSearchOptions),
        nameof(ChatRequest.Moderation), nameof(ChatRequest.ServiceTier), nameof(ChatRequest.Store), nameof(ChatRequest.Metadata), nameof(ChatRequest.PromptCacheKey),
        nameof(ChatRequest.PromptCacheRetention), nameof(ChatRequest.PromptCacheOptions), nameof(ChatRequest.SafetyIdentifier), nameof(ChatRequest.User), nameof(ChatRequest.IncludeObfuscation),
        nameof(ChatRequest.PreviousResponseId), nameof(ChatRequest.ConversationId), nameof(ChatRequest.Background),
    ];

    internal override IReadOnlyList<string> Endpoints => ["/responses", .. base.Endpoints];

    public override Task<ChatCompletion> AskAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken) => request.Background
        ? AskInBackgroundAsync(connection, request, settings, cancellationToken)
        : base.AskAsync(connection, request, settings, cancellationToken);

    protected override JsonSerializerContext Answers => OpenAIResponsesJsonContext.Default;

    protected override string SampleAnswer =>
        """{"id":"r","object":"response","created_at":1700000000,"status":"completed","model":"m","output":[{"type":"message","id":"m","status":"completed","role":"assistant","content":[{"type":"output_text","text":"!","annotations":[]}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";

    protected override ResponseRequest ToWire(ChatRequest request, string model, bool stream) => ResponseRequestMapper.ToWire(request, model, stream);

    protected override ChatCompletion FromWire(Response response, ChatRequest request, IAnswerOrigin origin) => ResponseAnswerMapper.ToCompletion(response, request, origin);

    protected override IStreamAccumulator<ResponseEvent, ChatCompletionUpdate> Accumulate(ChatRequest request) => new ResponseAccumulator(request);

    protected override Task<IApiResponse<Response>> SendAsync(IResponsesApi api, ResponseRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(IResponsesApi api, ResponseRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(body, call, cancellationToken);

    private async Task<ChatCompletion> AskInBackgroundAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        string model = connection.ModelFor(request.Model);
        ResponseRequest body = Translate(request, model, connection.Settings, settings, stream: false);
        using CallContext call = connection.Begin(settings, cancellationToken, model);
        Response begun = await connection.SendAsync(call, (_, token) => SendAsync(connection.Client<IResponsesApi>(OpenAIResponsesJsonContext.Default), body, call, token), static (response, _) => response);
        try
        {
            return FromWire(await BackgroundResponse.WaitAsync(connection, begun, body.Include, settings, call, cancellationToken), request, call);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }
}
