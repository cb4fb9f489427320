using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <inheritdoc cref="IApiResponse{T}" />
/// <param name="response">The answer.</param>
/// <param name="content">The body.</param>
/// <param name="settings">The settings of the client.</param>
/// <param name="error">What went wrong.</param>
internal sealed class ApiResponse<T>(HttpResponseMessage response, T? content, RefitSettings settings, ApiException? error = null) : IApiResponse<T>
{
    private readonly HttpResponseMessage _response = response ?? throw new ArgumentNullException(nameof(response));

    /// <inheritdoc />
    public T? Content { get; } = content;

    /// <summary>The settings of the client.</summary>
    public RefitSettings Settings { get; } = settings;

    /// <inheritdoc />
    public ApiException? Error { get; } = error;

    /// <inheritdoc />
    public HttpResponseHeaders Headers => _response.Headers;

    /// <inheritdoc />
    public HttpContentHeaders? ContentHeaders => _response.Content?.Headers;

    /// <inheritdoc />
    public bool IsSuccessStatusCode => _response.IsSuccessStatusCode;

    /// <inheritdoc />
    public bool IsSuccessful => IsSuccessStatusCode && Error is null;

    /// <inheritdoc />
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <inheritdoc />
    public string? ReasonPhrase => _response.ReasonPhrase;

    /// <inheritdoc />
    public HttpRequestMessage? RequestMessage => _response.RequestMessage;

    /// <inheritdoc />
    public Version Version => _response.Version;

    /// <summary>Throws if the status is not 2xx.</summary>
    public Task<ApiResponse<T>> EnsureSuccessStatusCodeAsync() => EnsureAsync(IsSuccessStatusCode);

    /// <summary>Throws if the status is not 2xx or the body could not be read.</summary>
    public Task<ApiResponse<T>> EnsureSuccessfulAsync() => EnsureAsync(IsSuccessful);

    /// <inheritdoc />
    public void Dispose() => _response.Dispose();

    private async Task<ApiResponse<T>> EnsureAsync(bool success)
    {
        if (success)
        {
            return this;
        }

        ApiException failure = Error ?? await ApiException.Create(_response.RequestMessage!, _response.RequestMessage!.Method, _response, Settings).ConfigureAwait(false);
        Dispose();
        throw failure;
    }
}
