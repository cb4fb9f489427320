using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>Responses: chats whose state the service can keep.</summary>
internal interface IResponsesApi
{
    /// <summary>Asks for a whole answer, or has it made in the background.</summary>
    [Post("/responses")]
    Task<IApiResponse<Response>> CreateAsync(
        [Body(buffered: true)] ResponseRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The request says <c>stream</c>; the caller disposes the response.</summary>
    [Post("/responses")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] ResponseRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets a response that the service keeps, as far as it has come.</summary>
    [Get("/responses/{id}")]
    Task<IApiResponse<Response>> GetAsync(
        string id,
        [AliasAs("include[]"), Query(CollectionFormat.Multi)] IEnumerable<string>? include,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Deletes a response.</summary>
    [Delete("/responses/{id}")]
    Task<IApiResponse<ResponseDeletion>> DeleteAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Stops a response that is made in the background.</summary>
    [Post("/responses/{id}/cancel")]
    Task<IApiResponse<Response>> CancelAsync(
        string id,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Lists what a response was made from. The query takes <c>after</c>, <c>limit</c> and <c>order</c>.</summary>
    [Get("/responses/{id}/input_items")]
    Task<IApiResponse<ResponseItemList>> ListInputItemsAsync(
        string id,
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Counts the tokens of a request without answering it.</summary>
    [Post("/responses/input_tokens")]
    Task<IApiResponse<InputTokenCount>> CountInputTokensAsync(
        [Body(buffered: true)] ResponseRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
