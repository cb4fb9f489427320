using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <summary>An answer with its status and headers; a failure is in <see cref="Error"/> rather than thrown.</summary>
internal interface IApiResponse : IDisposable
{
    /// <summary>The headers.</summary>
    HttpResponseHeaders Headers { get; }

    /// <summary>The headers of the body.</summary>
    HttpContentHeaders? ContentHeaders { get; }

    /// <summary>Whether the status is 2xx.</summary>
    bool IsSuccessStatusCode { get; }

    /// <summary>Whether the status is 2xx and the body could be read.</summary>
    bool IsSuccessful { get; }

    /// <summary>The status.</summary>
    HttpStatusCode StatusCode { get; }

    /// <summary>The reason that came with the status.</summary>
    string? ReasonPhrase { get; }

    /// <summary>The request.</summary>
    HttpRequestMessage? RequestMessage { get; }

    /// <summary>The version of HTTP.</summary>
    Version Version { get; }

    /// <summary>What went wrong, if anything.</summary>
    ApiException? Error { get; }
}
