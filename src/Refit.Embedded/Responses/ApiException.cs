using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>The service answered with a failure, or with a body that could not be read.</summary>
internal class ApiException : Exception
{
    private const string ProblemMediaType = "application/problem+json";

    protected ApiException(HttpRequestMessage message, HttpMethod httpMethod, string? content, HttpStatusCode statusCode, string? reasonPhrase, HttpResponseHeaders headers, RefitSettings refitSettings, Exception? innerException = null)
        : this(Describe(statusCode, reasonPhrase), message, httpMethod, content, statusCode, reasonPhrase, headers, refitSettings, innerException)
    {
    }

    protected ApiException(string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, string? content, HttpStatusCode statusCode, string? reasonPhrase, HttpResponseHeaders headers, RefitSettings refitSettings, Exception? innerException = null)
        : base(exceptionMessage, innerException)
    {
        RequestMessage = message;
        HttpMethod = httpMethod;
        Content = content;
        StatusCode = statusCode;
        ReasonPhrase = reasonPhrase;
        Headers = headers;
        RefitSettings = refitSettings;
    }

    /// <summary>The status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The reason that came with the status.</summary>
    public string? ReasonPhrase { get; }

    /// <summary>The headers of the answer.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>The headers of its body.</summary>
    public HttpContentHeaders? ContentHeaders { get; private set; }

    /// <summary>The verb of the request.</summary>
    public HttpMethod HttpMethod { get; }

    /// <summary>The address of the request.</summary>
    public Uri? Uri => RequestMessage.RequestUri;

    /// <summary>The request.</summary>
    public HttpRequestMessage RequestMessage { get; }

    /// <summary>The body as text; null when there was none or it could not be read.</summary>
    public string? Content { get; private set; }

    /// <summary>Whether there is text in <see cref="Content"/>.</summary>
    public bool HasContent => !string.IsNullOrWhiteSpace(Content);

    /// <summary>The settings of the client.</summary>
    public RefitSettings RefitSettings { get; }

    /// <summary>Makes the exception for an answer, and reads the answer's body.</summary>
    public static Task<ApiException> Create(HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response, RefitSettings refitSettings, Exception? innerException = null) =>
        Create(Describe(response.StatusCode, response.ReasonPhrase), message, httpMethod, response, refitSettings, innerException);

    /// <inheritdoc cref="Create(HttpRequestMessage, HttpMethod, HttpResponseMessage, RefitSettings, Exception?)"/>
    public static async Task<ApiException> Create(string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response, RefitSettings refitSettings, Exception? innerException = null)
    {
        ApiException exception = CreateUnread(exceptionMessage, message, httpMethod, response, refitSettings, innerException);
        if (response.Content is null)
        {
            return exception;
        }

        try
        {
            exception.Content = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
            response.Content.Dispose();
            return exception.HasContent && string.Equals(exception.ContentHeaders?.ContentType?.MediaType, ProblemMediaType, StringComparison.Ordinal)
                ? new ValidationApiException(exception)
                : exception;
        }
        catch (Exception)
        {
            // The status says more than the failure to read the text that came with it.
            return exception;
        }
    }

    /// <summary>Reads <see cref="Content"/> with the content serializer of the settings.</summary>
    /// <typeparam name="T">What it is read as.</typeparam>
    public async Task<T?> GetContentAsAsync<T>()
    {
        if (!HasContent)
        {
            return default;
        }

        using StringContent text = new(Content!);
        return await RefitSettings.ContentSerializer.FromHttpContentAsync<T>(text).ConfigureAwait(false);
    }

    internal static ApiException CreateUnread(string exceptionMessage, HttpRequestMessage message, HttpMethod httpMethod, HttpResponseMessage response, RefitSettings refitSettings, Exception? innerException) =>
        new(exceptionMessage, message, httpMethod, null, response.StatusCode, response.ReasonPhrase, response.Headers, refitSettings, innerException)
        {
            ContentHeaders = response.Content?.Headers,
        };

    private protected void Copy(ApiException other)
    {
        Content = other.Content;
        ContentHeaders = other.ContentHeaders;
    }

    private static string Describe(HttpStatusCode statusCode, string? reasonPhrase) =>
        $"Response status code does not indicate success: {(int)statusCode} ({reasonPhrase}).";
}
