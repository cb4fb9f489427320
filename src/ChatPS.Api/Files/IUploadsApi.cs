using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Files;

/// <summary>Uploads in parts, for files that are too large for one request.</summary>
internal interface IUploadsApi
{
    /// <summary>Begins an upload.</summary>
    [Post("/uploads")]
    Task<IApiResponse<UploadObject>> CreateAsync([Body(buffered: true)] UploadRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Adds a part, in any order; it is read as it is sent.</summary>
    [Post("/uploads/{id}/parts")]
    Task<IApiResponse<UploadPart>> AddPartAsync(string id, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes the file of the parts.</summary>
    [Post("/uploads/{id}/complete")]
    Task<IApiResponse<UploadObject>> CompleteAsync(
        string id, [Body(buffered: true)] UploadCompletion request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Gives an upload up.</summary>
    [Post("/uploads/{id}/cancel")]
    Task<IApiResponse<UploadObject>> CancelAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
