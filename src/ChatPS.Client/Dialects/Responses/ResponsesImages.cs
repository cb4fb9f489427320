using System.Runtime.CompilerServices;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Images;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>Pictures that a model of a chat has made by the service's own tool.</summary>
internal sealed class ResponsesImages : IImages
{
    public static readonly ResponsesImages Tool = new();

    private const string Type = "image_generation";

    /// <inheritdoc />
    public string Form => ResponseMessageMapper.Dialect;

    /// <inheritdoc />
    public int MostAtOnce => 1;

    /// <inheritdoc />
    public IReadOnlyCollection<string> Supported { get; } =
    [
        "Image", nameof(ImageRequest.N), nameof(ImageRequest.Size), nameof(ImageRequest.Quality), nameof(ImageRequest.Background), nameof(ImageRequest.OutputFormat), nameof(ImageRequest.OutputCompression),
        nameof(ImageRequest.Moderation), nameof(ImageRequest.InputFidelity), nameof(ImageRequest.User), nameof(ImageRequest.SafetyIdentifier),
    ];

    /// <inheritdoc />
    public bool IsOf(Uri address) => false;

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatImage> MakeAsync(
        ServiceConnection connection, ImageRequest request, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatRequest chat = new()
        {
            Messages = [ChatImages.Ask(request)],
            Model = model,
            BuiltInTools = [ToolOf(request)],
            ToolChoice = PlainMembers.Of(("type", Type)),
            User = request.User,
            SafetyIdentifier = request.SafetyIdentifier,
            Index = request.Index,
        };
        foreach (ChatImage image in await ChatImages.MakeAsync(connection, chat, request, settings, cancellationToken))
        {
            yield return image;
        }
    }

    private static Dictionary<string, object?> ToolOf(ImageRequest request)
    {
        Dictionary<string, object?> tool = new(StringComparer.Ordinal) { ["type"] = Type };
        foreach ((string name, object? value) in new (string, object?)[]
        {
            ("size", request.Size), ("quality", request.Quality), ("background", request.Background), ("output_format", request.OutputFormat),
            ("output_compression", request.OutputCompression), ("moderation", request.Moderation), ("input_fidelity", request.InputFidelity),
        })
        {
            if (value is not null)
            {
                tool[name] = value;
            }
        }

        return tool;
    }
}
