using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.VectorStores;

/// <summary>Stores of documents that can be searched by meaning.</summary>
internal interface IVectorStoresApi
{
    /// <summary>Lists stores.</summary>
    [Get("/vector_stores")]
    Task<IApiResponse<ResourceAnswer>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a store.</summary>
    [Post("/vector_stores")]
    Task<IApiResponse<ResourceAnswer>> CreateAsync([Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a store.</summary>
    [Get("/vector_stores/{id}")]
    Task<IApiResponse<ResourceAnswer>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Changes a store.</summary>
    [Post("/vector_stores/{id}")]
    Task<IApiResponse<ResourceAnswer>> UpdateAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a store.</summary>
    [Delete("/vector_stores/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Searches a store.</summary>
    [Post("/vector_stores/{id}/search")]
    Task<IApiResponse<ResourceAnswer>> SearchAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists the files of a store.</summary>
    [Get("/vector_stores/{id}/files")]
    Task<IApiResponse<ResourceAnswer>> ListFilesAsync(string id, [Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Adds a file to a store.</summary>
    [Post("/vector_stores/{id}/files")]
    Task<IApiResponse<ResourceAnswer>> AddFileAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a file of a store.</summary>
    [Get("/vector_stores/{id}/files/{fileId}")]
    Task<IApiResponse<ResourceAnswer>> GetFileAsync(string id, string fileId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Changes the attributes of a file of a store.</summary>
    [Post("/vector_stores/{id}/files/{fileId}")]
    Task<IApiResponse<ResourceAnswer>> UpdateFileAsync(string id, string fileId, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Takes a file out of a store.</summary>
    [Delete("/vector_stores/{id}/files/{fileId}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> RemoveFileAsync(string id, string fileId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Reads the text of a file of a store.</summary>
    [Get("/vector_stores/{id}/files/{fileId}/content")]
    Task<IApiResponse<ResourceAnswer>> GetFileContentAsync(string id, string fileId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Adds many files to a store.</summary>
    [Post("/vector_stores/{id}/file_batches")]
    Task<IApiResponse<ResourceAnswer>> AddBatchAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a batch of files.</summary>
    [Get("/vector_stores/{id}/file_batches/{batchId}")]
    Task<IApiResponse<ResourceAnswer>> GetBatchAsync(string id, string batchId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Stops a batch of files.</summary>
    [Post("/vector_stores/{id}/file_batches/{batchId}/cancel")]
    Task<IApiResponse<ResourceAnswer>> CancelBatchAsync(string id, string batchId, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists the files of a batch.</summary>
    [Get("/vector_stores/{id}/file_batches/{batchId}/files")]
    Task<IApiResponse<ResourceAnswer>> ListBatchFilesAsync(string id, string batchId, [Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
