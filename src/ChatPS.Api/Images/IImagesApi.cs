using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Images;

/// <summary>Pictures, as OpenAI makes them. An edit is a form whose files are read as they are sent.</summary>
internal interface IImagesApi
{
    /// <summary>Makes pictures of a prompt.</summary>
    [Post("/images/generations")]
    Task<IApiResponse<ImageResponse>> CreateAsync([Body(buffered: true)] ImageGenerationRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of a prompt, with previews.</summary>
    [Post("/images/generations")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync([Body(buffered: true)] ImageGenerationRequest request, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of others.</summary>
    [Post("/images/edits")]
    Task<IApiResponse<ImageResponse>> EditAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Makes pictures of others, with previews.</summary>
    [Post("/images/edits")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamEditAsync([Body] HttpContent form, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
