using System.Runtime.CompilerServices;
using ChatPS.Api.Images;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using Refit;

namespace ChatPS.Client.Images;

/// <summary>Pictures in OpenAI's form, in which gateways offer many other models.</summary>
internal class OpenAIImages : IImages
{
    /// <summary>The name of the form.</summary>
    public const string Name = "OpenAI";

    public static readonly OpenAIImages Standard = new();

    /// <inheritdoc />
    public string Form => Name;

    /// <inheritdoc />
    public int MostAtOnce => 10;

    /// <inheritdoc />
    public IReadOnlyCollection<string> Supported { get; } =
    [
        "Image", nameof(ImageRequest.Mask), nameof(ImageRequest.N), nameof(ImageRequest.Size), nameof(ImageRequest.AspectRatio), nameof(ImageRequest.Quality), nameof(ImageRequest.Background),
        nameof(ImageRequest.OutputFormat), nameof(ImageRequest.OutputCompression), nameof(ImageRequest.Moderation), nameof(ImageRequest.ResponseFormat), nameof(ImageRequest.Style),
        nameof(ImageRequest.NegativePrompt), nameof(ImageRequest.Seed), nameof(ImageRequest.Steps), nameof(ImageRequest.Guidance), nameof(ImageRequest.Complexity), nameof(ImageRequest.FrameCount),
        nameof(ImageRequest.FrameDurationMs), nameof(ImageRequest.InputFidelity), nameof(ImageRequest.User), nameof(ImageRequest.SafetyIdentifier), nameof(ImageRequest.PartialImage), nameof(ImageRequest.Stream),
    ];

    /// <inheritdoc />
    public bool IsOf(Uri address) => false;

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatImage> MakeAsync(
        ServiceConnection connection, ImageRequest request, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImageGenerationRequest body = ImageMapper.ToWire(request, model, settings);
        if (request.Stream)
        {
            await foreach (ChatImage image in StreamAsync(connection, request, body, model, settings, cancellationToken))
            {
                yield return image;
            }

            yield break;
        }

        foreach (ChatImage image in await connection.SendAsync(
            settings, (call, token) => SendAsync(connection, request, body, call, token), (response, call) => ImageMapper.FromWire(response, request, call), cancellationToken, model))
        {
            yield return image;
        }
    }

    /// <summary>Sends a request whose answer comes whole.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="body">The same on the wire.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    protected virtual Task<IApiResponse<ImageResponse>> SendAsync(ServiceConnection connection, ImageRequest request, ImageGenerationRequest body, CallContext call, CancellationToken cancellationToken)
    {
        IImagesApi api = connection.Client<IImagesApi>(ImagesJsonContext.Default);
        return request.Images.Count == 0 ? api.CreateAsync(body, call, cancellationToken) : api.EditAsync(ToForm(request, body, call), call, cancellationToken);
    }

    /// <summary>Sends a request whose answer comes as a stream.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="body">The same on the wire.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which is read by the caller.</returns>
    protected virtual Task<HttpResponseMessage> OpenAsync(ServiceConnection connection, ImageRequest request, ImageGenerationRequest body, CallContext call, CancellationToken cancellationToken)
    {
        IImagesApi api = connection.Client<IImagesApi>(ImagesJsonContext.Default);
        return request.Images.Count == 0 ? api.StreamAsync(body, call, cancellationToken) : api.StreamEditAsync(ToForm(request, body, call), call, cancellationToken);
    }

    /// <summary>Makes the form of an edit. Several pictures are a list in one field.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="body">The fields.</param>
    /// <param name="call">The call.</param>
    /// <returns>The form.</returns>
    protected static HttpContent ToForm(ImageRequest request, ImageGenerationRequest body, CallContext call)
    {
        string field = request.Images.Count == 1 ? "image" : "image[]";
        return ImageMapper.ToForm(body, call, [.. request.Images.Select(image => (field, image)), .. request.Mask is { } mask ? new[] { ("mask", mask) } : []]);
    }

    private async IAsyncEnumerable<ChatImage> StreamAsync(
        ServiceConnection connection, ImageRequest request, ImageGenerationRequest body, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallContext? begun = null;
        ChatImage? preview = null;
        await using IAsyncEnumerator<ChatImage> images = StreamedAnswer.AskAsync<ImageResponse, ImageEvent, ChatImage>(
            connection,
            settings,
            model,
            (call, token) => OpenAsync(connection, request, body, begun = call, token),
            ImagesJsonContext.Default,
            new ImageStream(request, () => begun!),
            (response, call) => ImageMapper.FromWire(response, request, call),
            static () => { },
            cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await images.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (ChatServiceException failure) when (preview is not null)
            {
                failure.PartialImage = preview;
                throw;
            }

            preview = images.Current.IsPartial ? images.Current : null;
            if (preview is null)
            {
                // A log is no place for the bytes of the events.
                begun?.Notes?.Answered(images.Current.Raw, images.Current.Raw);
            }

            yield return images.Current;
        }
    }
}
