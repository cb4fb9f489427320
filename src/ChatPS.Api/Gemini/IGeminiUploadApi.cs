using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Gemini;

/// <summary>The beginning of Google's resumable uploads, which go on at the address that it is answered with. The path begins before the version.</summary>
internal interface IGeminiUploadApi
{
    /// <summary>Begins an upload.</summary>
    [Post("/upload/{version}/files")]
    [Headers("Accept: */*", "X-Goog-Upload-Protocol: resumable", "X-Goog-Upload-Command: start")]
    Task<HttpResponseMessage> StartAsync(
        string version,
        [Body(buffered: true)] GeminiFileRequest request,
        [Header("X-Goog-Upload-Header-Content-Length")] string length,
        [Header("X-Goog-Upload-Header-Content-Type")] string type,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
