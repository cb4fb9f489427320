using System.Net;

namespace Refit;

/// <summary>How the clients of an interface behave.</summary>
internal class RefitSettings
{
    public RefitSettings()
        : this(new SystemTextJsonContentSerializer())
    {
    }

    public RefitSettings(
        IHttpContentSerializer contentSerializer,
        IUrlParameterFormatter? urlParameterFormatter = null,
        IFormUrlEncodedParameterFormatter? formUrlEncodedParameterFormatter = null,
        IUrlParameterKeyFormatter? urlParameterKeyFormatter = null)
    {
        ContentSerializer = contentSerializer ?? throw new ArgumentNullException(nameof(contentSerializer));
        UrlParameterFormatter = urlParameterFormatter ?? new DefaultUrlParameterFormatter();
        FormUrlEncodedParameterFormatter = formUrlEncodedParameterFormatter ?? new DefaultFormUrlEncodedParameterFormatter();
        UrlParameterKeyFormatter = urlParameterKeyFormatter ?? new DefaultUrlParameterKeyFormatter();
        ExceptionFactory = CreateExceptionAsync;
    }

    /// <summary>Writes bodies and reads answers; JSON by default.</summary>
    public IHttpContentSerializer ContentSerializer { get; set; }

    /// <summary>Turns values of the path and the query into text.</summary>
    public IUrlParameterFormatter UrlParameterFormatter { get; set; }

    /// <summary>Turns names of properties into keys of the query; unchanged by default.</summary>
    public IUrlParameterKeyFormatter UrlParameterKeyFormatter { get; set; }

    /// <summary>Turns values of a form into text.</summary>
    public IFormUrlEncodedParameterFormatter FormUrlEncodedParameterFormatter { get; set; }

    /// <summary>How collections are written where no attribute says so.</summary>
    public CollectionFormat CollectionFormat { get; set; } = CollectionFormat.RefitParameterFormatter;

    /// <summary>Whether bodies are written to memory first, so that their length is known; false by default.</summary>
    public bool Buffered { get; set; }

    /// <summary>Makes the primary handler of a client.</summary>
    public Func<HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>Options that each request message carries.</summary>
    public Dictionary<string, object>? HttpRequestMessageOptions { get; set; }

    /// <summary>Gives the credential of a request that has an Authorization header.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<string>>? AuthorizationHeaderValueGetter { get; set; }

    /// <summary>Says what an answer throws; null for a success. By default an <see cref="ApiException"/> unless the status is 2xx.</summary>
    public Func<HttpResponseMessage, Task<Exception?>> ExceptionFactory { get; set; }

    /// <summary>Says what a body that cannot be read throws. By default an <see cref="ApiException"/> around the cause.</summary>
    public Func<HttpResponseMessage, Exception, Task<Exception?>>? DeserializationExceptionFactory { get; set; }

#if NET8_0_OR_GREATER
    /// <summary>The version of HTTP that is asked for, 1.1 by default.</summary>
    public Version Version { get; set; } = HttpVersion.Version11;

    /// <summary>How <see cref="Version"/> is negotiated.</summary>
    public HttpVersionPolicy VersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionOrLower;
#endif

    private async Task<Exception?> CreateExceptionAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        HttpRequestMessage request = response.RequestMessage!;
        return await ApiException.Create(request, request.Method, response, this).ConfigureAwait(false);
    }
}
