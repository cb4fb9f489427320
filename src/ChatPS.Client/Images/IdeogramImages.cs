using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatPS.Api.Images;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using Refit;

namespace ChatPS.Client.Images;

/// <summary>
/// Pictures of ideogram, at its own address or at a gateway's path. In its older form all settings stand in one member, and words
/// are written in capitals; in version 3 they are fields of their own. A mask makes an edit of what is otherwise a remix.
/// </summary>
internal sealed class IdeogramImages : IImages
{
    public static readonly IdeogramImages Standard = new("Ideogram", isThird: false);
    public static readonly IdeogramImages Third = new("IdeogramV3", isThird: true);

    private const string Host = "ideogram.ai";

    private readonly bool _isThird;

    private IdeogramImages(string form, bool isThird)
    {
        Form = form;
        _isThird = isThird;
        Supported =
        [
            "Image", nameof(ImageRequest.Mask), nameof(ImageRequest.N), nameof(ImageRequest.Size), nameof(ImageRequest.AspectRatio), nameof(ImageRequest.Style),
            nameof(ImageRequest.NegativePrompt), nameof(ImageRequest.Seed), .. isThird ? (string[])[nameof(ImageRequest.Quality)] : [],
        ];
    }

    /// <inheritdoc />
    public string Form { get; }

    /// <inheritdoc />
    public int MostAtOnce => 8;

    /// <inheritdoc />
    public IReadOnlyCollection<string> Supported { get; }

    /// <inheritdoc />
    public bool IsOf(Uri address) => _isThird && IsVendor(address);

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatImage> MakeAsync(
        ServiceConnection connection, ImageRequest request, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ChatImage image in await connection.SendAsync(
            settings, (call, token) => SendAsync(connection, request, model, settings, call, token), (response, call) => ImageMapper.FromWire(response, request, call), cancellationToken, model))
        {
            yield return image;
        }
    }

    private static bool IsVendor(Uri address) => address.Host == Host || address.Host.EndsWith("." + Host, StringComparison.OrdinalIgnoreCase);

    private Task<IApiResponse<ImageResponse>> SendAsync(ServiceConnection connection, ImageRequest request, string model, CallSettings settings, CallContext call, CancellationToken cancellationToken)
    {
        IIdeogramApi api = connection.RootClient<IIdeogramApi>(ImagesJsonContext.Default);
        string root = (IsVendor(connection.Settings.BaseUri) ? "" : "ideogram/") + (_isThird ? "v1/ideogram-v3/" : "");
        JsonElement? additional = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody");
        IdeogramSettings fields = ToWire(request, model);
        if (_isThird || request.Mask is not null)
        {
            fields.AdditionalBody = additional;
        }

        IdeogramRequest wrapped = new() { ImageRequest = fields, AdditionalBody = additional };
        return (_isThird, request.Images.Count, request.Mask) switch
        {
            (true, 0, _) => api.CreateAsync(root + "generate", fields, call, cancellationToken),
            (true, _, null) => api.EditAsync(root + "remix", ToForm(request, "image", fields, call), call, cancellationToken),
            (true, _, _) => api.EditAsync(root + "edit", ToForm(request, "image", fields, call), call, cancellationToken),
            (false, 0, _) => api.CreateAsync(root + "generate", wrapped, call, cancellationToken),
            (false, _, null) => api.EditAsync(root + "remix", ToForm(request, "image_file", wrapped, call), call, cancellationToken),
            (false, _, _) => api.EditAsync(root + "edit", ToForm(request, "image_file", fields, call), call, cancellationToken),
        };
    }

    private static HttpContent ToForm(ImageRequest request, string field, object body, CallContext call) =>
        ImageMapper.ToForm(body, call, [.. request.Images.Select(image => (field, image)), .. request.Mask is { } mask ? new[] { ("mask", mask) } : []]);

    private IdeogramSettings ToWire(ImageRequest request, string model) => new()
    {
        Prompt = request.Prompt,
        Model = _isThird ? null : model,
        AspectRatio = request.AspectRatio is not { } ratio ? null : _isThird ? ratio.Replace(':', 'x') : Word("ASPECT", ratio, ':'),
        Resolution = request.Size is not { } size ? null : _isThird ? size : Word("RESOLUTION", size, 'x'),
        NegativePrompt = request.NegativePrompt,
        Seed = request.Seed,
        StyleType = request.Style?.ToUpperInvariant(),
        NumImages = request.N,
        RenderingSpeed = request.Quality?.ToUpperInvariant(),
    };

    // 16:9 is ASPECT_16_9; what is written so already stays.
    private static string Word(string prefix, string value, char separator) =>
        value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? value.ToUpperInvariant() : $"{prefix}_{value.Replace(separator, '_')}";
}
