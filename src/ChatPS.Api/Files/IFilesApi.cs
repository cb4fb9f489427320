using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Files;

/// <summary>Files that the service keeps, as OpenAI made them. Other vendors whose paths are the same read and answer in forms of their own.</summary>
internal interface IFilesApi
{
    /// <summary>Gives a file to the service; it is read as it is sent.</summary>
    [Post("/files")]
    Task<IApiResponse<FileObject>> CreateAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists a page of files.</summary>
    [Get("/files")]
    Task<IApiResponse<FileList>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a file.</summary>
    [Get("/files/{id}")]
    Task<IApiResponse<FileObject>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a file.</summary>
    [Delete("/files/{id}")]
    Task<IApiResponse<FileDeletion>> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Fetches the content of a file, or the rest of it.</summary>
    [Get("/files/{id}/content")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> LoadAsync(
        string id, [Header("Range")] string? range, [Header("If-Range")] string? ifRange, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
