using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Text;

/// <summary>Legacy text completions.</summary>
internal interface ICompletionsApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/completions")]
    Task<IApiResponse<CompletionResponse>> CreateAsync(
        [Body(buffered: true)] CompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The request says <c>stream</c>; the caller disposes the response.</summary>
    [Post("/completions")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        [Body(buffered: true)] CompletionRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
