using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Resources;

/// <summary>Finds out whether a picture or a sound was made by a model.</summary>
internal interface IProvenanceApi
{
    /// <summary>Looks for signs in a file.</summary>
    [Post("/content_provenance_checks")]
    Task<IApiResponse<ResourceAnswer>> CheckAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
