using ChatPS.Api.Resources;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Skills;

/// <summary>Instructions and files that a model takes up where it needs them.</summary>
internal interface ISkillsApi
{
    /// <summary>Lists skills.</summary>
    [Get("/skills")]
    Task<IApiResponse<ResourceAnswer>> ListAsync([Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a skill of files.</summary>
    [Post("/skills")]
    Task<IApiResponse<ResourceAnswer>> CreateAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a skill.</summary>
    [Get("/skills/{id}")]
    Task<IApiResponse<ResourceAnswer>> GetAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Changes the version that is used.</summary>
    [Post("/skills/{id}")]
    Task<IApiResponse<ResourceAnswer>> UpdateAsync(string id, [Body(buffered: true)] ResourceBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a skill.</summary>
    [Delete("/skills/{id}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteAsync(string id, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Fetches a skill as a zip. The caller disposes the response.</summary>
    [Get("/skills/{id}/content")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> GetContentAsync(string id, [Header("Range")] string? range, [Header("If-Range")] string? ifRange, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Lists the versions of a skill.</summary>
    [Get("/skills/{id}/versions")]
    Task<IApiResponse<ResourceAnswer>> ListVersionsAsync(string id, [Query] IDictionary<string, string>? query, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes a version of files.</summary>
    [Post("/skills/{id}/versions")]
    Task<IApiResponse<ResourceAnswer>> CreateVersionAsync(string id, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a version.</summary>
    [Get("/skills/{id}/versions/{version}")]
    Task<IApiResponse<ResourceAnswer>> GetVersionAsync(string id, string version, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Deletes a version.</summary>
    [Delete("/skills/{id}/versions/{version}")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> DeleteVersionAsync(string id, string version, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Fetches a version as a zip. The caller disposes the response.</summary>
    [Get("/skills/{id}/versions/{version}/content")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> GetVersionContentAsync(string id, string version, [Header("Range")] string? range, [Header("If-Range")] string? ifRange, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
