using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Chat;

/// <summary>Chat completions.</summary>
internal interface IChatCompletionsApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/chat/completions")]
    Task<IApiResponse<ChatCompletionResponse>> CreateAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The request says <c>stream</c>; the caller disposes the response.</summary>
    [Post("/chat/completions")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] ChatCompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Lists stored completions. The query takes <c>after</c>, <c>limit</c>, <c>order</c>, <c>model</c> and <c>metadata[key]</c>.</summary>
    [Get("/chat/completions")]
    Task<IApiResponse<ChatCompletionList>> ListAsync(
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets a stored completion.</summary>
    [Get("/chat/completions/{id}")]
    Task<IApiResponse<ChatCompletionResponse>> GetAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Lists the messages that a stored completion answered. The query takes <c>after</c>, <c>limit</c> and <c>order</c>.</summary>
    [Get("/chat/completions/{id}/messages")]
    Task<IApiResponse<StoredMessageList>> ListMessagesAsync(
        string id,
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Changes the metadata of a stored completion.</summary>
    [Post("/chat/completions/{id}")]
    Task<IApiResponse<ChatCompletionResponse>> UpdateAsync(
        string id,
        [Body(buffered: true)] MetadataRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Deletes a stored completion.</summary>
    [Delete("/chat/completions/{id}")]
    Task<IApiResponse<ChatCompletionDeletion>> DeleteAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
