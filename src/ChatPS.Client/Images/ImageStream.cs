using ChatPS.Api.Errors;
using ChatPS.Api.Images;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Json;

namespace ChatPS.Client.Images;

/// <summary>Reads a stream of pictures: previews go on as they come, and each finished picture.</summary>
/// <param name="request">What was asked.</param>
/// <param name="call">Finds the call, once there is one.</param>
internal sealed class ImageStream(ImageRequest request, Func<CallContext> call) : IStreamAccumulator<ImageEvent, ChatImage>
{
    private ImageEvent? _last;
    private int _finished;

    /// <inheritdoc />
    public string PartialText => "";

    /// <inheritdoc />
    public bool IsComplete => _last is not null;

    /// <inheritdoc />
    public bool HasEnded => _finished >= (request.N ?? 1);

    /// <inheritdoc />
    public bool Accepts(string eventType) =>
        eventType == StreamedAnswer.PlainEvent || eventType.StartsWith("image_generation.", StringComparison.Ordinal) || eventType.StartsWith("image_edit.", StringComparison.Ordinal);

    /// <inheritdoc />
    public IEnumerable<ChatImage> Add(ImageEvent chunk)
    {
        if (chunk.B64Json is not { Length: > 0 } || chunk.Type is not { } type)
        {
            yield break;
        }

        // A finished picture leaves when more comes, the last one at the end.
        if (_last is { } before)
        {
            _last = null;
            yield return ToImage(before, call(), isPartial: false);
        }

        if (type.EndsWith(".partial_image", StringComparison.Ordinal))
        {
            yield return ToImage(chunk, call(), isPartial: true);
        }
        else if (type.EndsWith(".completed", StringComparison.Ordinal))
        {
            _last = chunk;
            _finished++;
        }
    }

    /// <inheritdoc />
    public ChatImage Finish(string raw, IAnswerOrigin origin) => _last is { } last ? ToImage(last, origin, isPartial: false) : throw new WireFormatException("The stream ended without a finished picture.", ImageMapper.WithoutData(raw));

    private ChatImage ToImage(ImageEvent made, IAnswerOrigin origin, bool isPartial)
    {
        byte[] bytes = ImageMapper.Decode(made.B64Json!, made.Raw);
        (int Width, int Height)? size = ImageMapper.SizeOf(bytes, made.Size);
        ChatUsage? usage = isPartial ? null : ImageMapper.Usage(made.Usage);
        string? model = (origin as CallContext)?.Model;
        return new ChatImage
        {
            Data = bytes,
            MediaType = FileKind.Of(bytes)!.MediaType,
            Size = bytes.LongLength,
            Width = size?.Width,
            Height = size?.Height,
            Prompt = request.Prompt,
            IsPartial = isPartial,
            PartialIndex = isPartial ? made.PartialImageIndex ?? 0 : null,
            Model = model,
            Created = UnixTime.From(made.CreatedAt),
            Background = Redactor.RedactOptional(made.Background, origin.Secrets),
            OutputFormat = Redactor.RedactOptional(made.OutputFormat, origin.Secrets),
            Quality = Redactor.RedactOptional(made.Quality, origin.Secrets),
            Usage = usage,
            Cost = isPartial ? null : (origin as CallContext)?.Succeed(model, usage, ImageMapper.Units(1)),
            RequestId = origin.RequestId,
            Elapsed = origin.Elapsed,
            Connection = origin.ConnectionName,
            Input = request.Input,
            Index = request.Index,
            Raw = isPartial ? "" : Redactor.Redact(ImageMapper.WithoutData(made.Raw), origin.Secrets),
        };
    }
}
