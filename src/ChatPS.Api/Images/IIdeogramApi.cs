using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Images;

/// <summary>Pictures of ideogram. Their paths begin with <c>ideogram</c> at gateways, and at ideogram itself without it.</summary>
internal interface IIdeogramApi
{
    /// <summary>Makes pictures in the older form.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<ImageResponse>> CreateAsync(string path, [Body(buffered: true)] IdeogramRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures in the form of version 3.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<ImageResponse>> CreateAsync(string path, [Body(buffered: true)] IdeogramSettings request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of others: the last step of the path says how.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<ImageResponse>> EditAsync(string path, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
