using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Anthropic;

/// <summary>Messages as Anthropic made them.</summary>
internal interface IMessagesApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/messages")]
    Task<IApiResponse<MessageResponse>> CreateAsync(
        [Body(buffered: true)] MessagesRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The request says <c>stream</c>; the caller disposes the response.</summary>
    [Post("/messages")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] MessagesRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Counts the tokens of a request that is not answered.</summary>
    [Post("/messages/count_tokens")]
    Task<IApiResponse<MessageTokenCount>> CountTokensAsync(
        [Body(buffered: true)] MessagesRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
