using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Images;

/// <summary>OpenAI's pictures at the address of a deployment, as Azure has them with a dated version.</summary>
internal interface IAzureImagesApi
{
    /// <summary>Makes pictures of a prompt.</summary>
    [Post("/deployments/{deployment}/images/generations")]
    Task<IApiResponse<ImageResponse>> CreateAsync(string deployment, [Body(buffered: true)] ImageGenerationRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of a prompt, with previews.</summary>
    [Post("/deployments/{deployment}/images/generations")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(string deployment, [Body(buffered: true)] ImageGenerationRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of others.</summary>
    [Post("/deployments/{deployment}/images/edits")]
    Task<IApiResponse<ImageResponse>> EditAsync(string deployment, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of others, with previews.</summary>
    [Post("/deployments/{deployment}/images/edits")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamEditAsync(string deployment, [Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
