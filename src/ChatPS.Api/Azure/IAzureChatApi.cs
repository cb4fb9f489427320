using ChatPS.Api.Chat;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Azure;

/// <summary>Chat completions of an Azure OpenAI resource: by model, or by deployment as before the v1 API.</summary>
internal interface IAzureChatApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/chat/completions")]
    Task<IApiResponse<ChatCompletionResponse>> CreateAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events.</summary>
    [Post("/chat/completions")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks a deployment for a whole answer. The query must hold <c>api-version</c>.</summary>
    [Post("/deployments/{deployment}/chat/completions")]
    Task<IApiResponse<ChatCompletionResponse>> CreateAsync(
        string deployment,
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks a deployment for server-sent events. The query must hold <c>api-version</c>.</summary>
    [Post("/deployments/{deployment}/chat/completions")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        string deployment,
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
