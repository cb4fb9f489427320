using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Gemini;

/// <summary>Gemini's files.</summary>
internal interface IGeminiFilesApi
{
    /// <summary>Lists a page of files.</summary>
    [Get("/files")]
    Task<IApiResponse<GeminiFileList>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a file.</summary>
    [Get("/files/{id}")]
    Task<IApiResponse<GeminiFile>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a file.</summary>
    [Delete("/files/{id}")]
    Task<IApiResponse<GeminiFile>> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Fetches the content of a file, or the rest of it.</summary>
    [Get("/files/{id}:download?alt=media")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> LoadAsync(
        string id, [Header("Range")] string? range, [Header("If-Range")] string? ifRange, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
