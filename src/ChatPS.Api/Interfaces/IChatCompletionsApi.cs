using Refit;

namespace ChatPS.Api;

/// <summary>Chat completions.</summary>
internal interface IChatCompletionsApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/chat/completions")]
    Task<IApiResponse<ChatCompletionResponse>> CreateAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [HeaderCollection] IDictionary<string, string>? headers,
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The request says <c>stream</c>; the caller disposes the response.</summary>
    [Post("/chat/completions")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [HeaderCollection] IDictionary<string, string>? headers,
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
