using System.Runtime.CompilerServices;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Images;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Gemini's own pictures: an answer of a chat that may be a picture.</summary>
internal sealed class GeminiImages : IImages
{
    public static readonly GeminiImages Own = new();

    private const string Config = "generationConfig";

    private static readonly string[] Modalities = ["text", "image"];

    /// <inheritdoc />
    public string Form => GeminiDialect.DialectName;

    /// <inheritdoc />
    public int MostAtOnce => 1;

    /// <inheritdoc />
    public IReadOnlyCollection<string> Supported { get; } = ["Image", nameof(ImageRequest.N), nameof(ImageRequest.AspectRatio), nameof(ImageRequest.Size), nameof(ImageRequest.Seed)];

    /// <inheritdoc />
    public bool IsOf(Uri address) => true;

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatImage> MakeAsync(
        ServiceConnection connection, ImageRequest request, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatRequest chat = new() { Messages = [ChatImages.Ask(request)], Model = model, Modalities = Modalities, Seed = request.Seed, Index = request.Index };
        foreach (ChatImage image in await ChatImages.MakeAsync(connection, chat, request, settings with { AdditionalBody = WithForm(request, settings.AdditionalBody) }, cancellationToken))
        {
            yield return image;
        }
    }

    private static IReadOnlyDictionary<string, object?>? WithForm(ImageRequest request, IReadOnlyDictionary<string, object?>? additional)
    {
        Dictionary<string, object?> image = new(StringComparer.Ordinal);
        if (request.AspectRatio is { } ratio)
        {
            image["aspectRatio"] = ratio;
        }

        if (request.Size is { } size)
        {
            image["imageSize"] = size;
        }

        if (image.Count == 0)
        {
            return additional;
        }

        Dictionary<string, object?> body = Copy(additional);
        Dictionary<string, object?> config = Copy(additional?.TryGetValue(Config, out object? given) == true ? given as IReadOnlyDictionary<string, object?> : null);
        config["imageConfig"] = image;
        body[Config] = config;
        return body;
    }

    private static Dictionary<string, object?> Copy(IReadOnlyDictionary<string, object?>? members) =>
        (members ?? new Dictionary<string, object?>(StringComparer.Ordinal)).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
}
