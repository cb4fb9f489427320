using System.Globalization;
using System.Runtime.CompilerServices;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Images;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Json;

namespace ChatPS.Client.Images;

/// <summary>Pictures of Stability: a form, also without files, and an answer that is the picture itself, or JSON with it, whatever its label says.</summary>
internal sealed class StabilityImages : IImages
{
    public static readonly StabilityImages Standard = new();

    private const string Filtered = "CONTENT_FILTERED";

    // Endpoints with a model of their own; the third one names it in the form.
    private static readonly string[] Kinds = ["core", "ultra"];

    private StabilityImages()
    {
    }

    /// <inheritdoc />
    public string Form => "Stability";

    /// <inheritdoc />
    public int MostAtOnce => 1;

    /// <inheritdoc />
    public IReadOnlyCollection<string> Supported { get; } =
        ["Image", nameof(ImageRequest.N), nameof(ImageRequest.AspectRatio), nameof(ImageRequest.NegativePrompt), nameof(ImageRequest.Seed), nameof(ImageRequest.OutputFormat), nameof(ImageRequest.Style)];

    /// <inheritdoc />
    public bool IsOf(Uri address) => address.Host == "api.stability.ai";

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatImage> MakeAsync(
        ServiceConnection connection, ImageRequest request, string model, CallSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Images.Count > 1)
        {
            throw Failures.Invalid($"-Image: {request.Images.Count} pictures were given; the form {Form} takes one.", "Give one picture.");
        }

        string? kind = Array.Find(Kinds, kind => model == kind || model.EndsWith("-" + kind, StringComparison.OrdinalIgnoreCase));
        StabilityRequest body = new()
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            Prompt = request.Prompt,
            Model = kind is null ? model : null,
            Mode = request.Images.Count > 0 ? "image-to-image" : null,
            NegativePrompt = request.NegativePrompt,
            AspectRatio = request.AspectRatio,
            Seed = request.Seed,
            StylePreset = request.Style,
            OutputFormat = request.OutputFormat,
        };
        yield return await AskAsync(connection, request, kind ?? "sd3", body, model, settings, cancellationToken);
    }

    private static async Task<ChatImage> AskAsync(
        ServiceConnection connection, ImageRequest request, string kind, StabilityRequest body, string model, CallSettings settings, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings, cancellationToken, model);
        using HttpResponseMessage response = await connection.OpenAsync(
            call,
            (_, token) => connection.RootClient<IStabilityApi>(ImagesJsonContext.Default).CreateAsync(kind, ImageMapper.ToForm(body, call, [.. request.Images.Select(image => ("image", image))]), call, token));
        try
        {
            using MemoryStream content = new();
            await BodyReader.CopyAsync(response.Content, content, connection.Settings.MaxResponseBytes, call.Token);
            byte[] bytes = content.ToArray();
            string? reason = Header(response, "finish-reason");
            string? seed = Header(response, "seed");
            string raw = "";
            if (FileKind.Of(bytes) is not { Family: "image" })
            {
                raw = BodyReader.Decode(bytes, bytes.Length, response.Content.Headers.ContentType?.CharSet);
                StabilityResponse said = WireJson.Read<StabilityResponse>(raw, ImagesJsonContext.Default);
                reason = said.FinishReason ?? reason;
                seed = said.Seed is { } told ? JsonText.Read(told) : seed;
                bytes = reason == Filtered ? [] : said.Image is { Length: > 0 } base64 ? ImageMapper.Decode(base64, raw) : throw WireFormatException.NoAnswer("The answer holds no picture.", raw);
            }

            if (reason == Filtered)
            {
                throw new WireFormatException(new ApiError("The service blurred the picture, since it does not keep to its rules.", "content_filter", "content_filtered"), ImageMapper.WithoutData(raw));
            }

            return ToImage(bytes, seed, raw, request, call);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    private static ChatImage ToImage(byte[] bytes, string? seed, string raw, ImageRequest request, CallContext call)
    {
        (int Width, int Height)? size = PictureSize.Of(bytes);
        decimal? cost = call.Succeed(call.Model, usage: null, ImageMapper.Units(1));
        return new ChatImage
        {
            Data = bytes,
            MediaType = FileKind.Of(bytes)!.MediaType,
            Size = bytes.LongLength,
            Width = size?.Width,
            Height = size?.Height,
            Prompt = request.Prompt,
            Seed = long.TryParse(seed, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null,
            Model = call.Model,
            Created = call.At,
            Cost = cost,
            RequestId = call.RequestId,
            Elapsed = call.Elapsed,
            Connection = call.ConnectionName,
            Input = request.Input,
            Index = request.Index,
            Raw = Redactor.Redact(ImageMapper.WithoutData(raw), call.Secrets),
        };
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
