using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Containers;

/// <summary>Machines in which a model runs code.</summary>
internal interface IContainersApi
{
    /// <summary>Lists containers.</summary>
    [Get("/containers")]
    Task<IApiResponse<ResourceAnswer>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a container.</summary>
    [Post("/containers")]
    Task<IApiResponse<ResourceAnswer>> CreateAsync([Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a container.</summary>
    [Get("/containers/{id}")]
    Task<IApiResponse<ResourceAnswer>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a container.</summary>
    [Delete("/containers/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists the files of a container.</summary>
    [Get("/containers/{id}/files")]
    Task<IApiResponse<ResourceAnswer>> ListFilesAsync(string id, [Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Puts a file that the service keeps into a container.</summary>
    [Post("/containers/{id}/files")]
    Task<IApiResponse<ResourceAnswer>> AddFileAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Puts a file into a container.</summary>
    [Post("/containers/{id}/files")]
    Task<IApiResponse<ResourceAnswer>> UploadFileAsync(string id, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a file of a container.</summary>
    [Get("/containers/{id}/files/{fileId}")]
    Task<IApiResponse<ResourceAnswer>> GetFileAsync(string id, string fileId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a file of a container.</summary>
    [Delete("/containers/{id}/files/{fileId}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteFileAsync(string id, string fileId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Fetches a file of a container. The caller disposes the response.</summary>
    [Get("/containers/{id}/files/{fileId}/content")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> GetFileContentAsync(string id, string fileId, [Header("Range")] string? range, [Header("If-Range")] string? ifRange, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
