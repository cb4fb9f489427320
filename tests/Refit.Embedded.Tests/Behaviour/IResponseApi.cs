using Refit;

namespace Refit.Behaviour;

internal interface IResponseApi
{
    [Get("/r")]
    Task NothingAsync(CancellationToken cancellationToken = default);

    [Get("/r")]
    Task<Person> ContentAsync(CancellationToken cancellationToken = default);

    [Get("/r")]
    Task<IApiResponse<Person>> ApiResponseAsync(CancellationToken cancellationToken = default);

    [Get("/r")]
    Task<ApiResponse<string>> TextResponseAsync();

    [Get("/r")]
    Task<IApiResponse> BareResponseAsync();

    [Get("/r")]
    Task<HttpResponseMessage> MessageAsync(CancellationToken cancellationToken = default);

    [Get("/r")]
    Task<Stream> StreamAsync(CancellationToken cancellationToken = default);

    [Get("/r")]
    Task<HttpContent> HttpContentAsync();

    [Get("/r")]
    Task<string> TextAsync();
}
