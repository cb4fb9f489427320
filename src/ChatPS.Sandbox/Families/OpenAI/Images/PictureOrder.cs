using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Images;

/// <summary>What a request for pictures orders, checked as the services do.</summary>
internal sealed record PictureOrder
{
    private const int LongestPrompt = 32_000;
    private const int LongestOldPrompt = 4_000;

    private static readonly string[] OldSizes = ["1024x1024", "1792x1024", "1024x1792"];

    /// <summary>Whether it is of the form of DALL·E 3.</summary>
    public bool IsOld { get; private init; }

    public int N { get; private init; } = 1;

    public int Width { get; private init; }

    public int Height { get; private init; }

    public string SizeText => string.Format(CultureInfo.InvariantCulture, "{0}x{1}", Width, Height);

    public string Format { get; private init; } = "png";

    public string Quality { get; private init; } = "medium";

    public string Background { get; private init; } = "opaque";

    public bool Stream { get; private init; }

    public int Previews { get; private init; }

    /// <summary>Whether bytes are wanted in place of an address.</summary>
    public bool WantsBytes { get; private init; }

    /// <summary>What a picture takes.</summary>
    public int Tokens => Quality switch
    {
        "low" => 272,
        "high" => 4160,
        _ => 1056,
    };

    /// <summary>Reads a request to a model that gives bytes.</summary>
    public static PictureOrder Read(Fields body, int inputs)
    {
        CheckPrompt(body, LongestPrompt);
        foreach (string old in new[] { "response_format", "style" })
        {
            if (body.TryGet(old, out _))
            {
                throw new ApiException(ApiError.Invalid($"Unknown parameter: '{old}'.", old, "unknown_parameter"));
            }
        }

        string format = body.Choice("output_format", "png", "jpeg", "webp", "gif", "svg") ?? "png";
        string? background = body.Choice("background", "auto", "transparent", "opaque");
        string? quality = body.Choice("quality", "auto", "low", "medium", "high", "xhigh", "max");
        body.Choice("moderation", "auto", "low");
        body.Choice("complexity", "low", "medium", "high");
        bool stream = body.Flag("stream");
        int? previews = body.Integer("partial_images", 0, 3);
        (int width, int height) = PictureSize.Free(body.Text("size"));
        Require(background != "transparent" || format is "png" or "webp" or "svg", "Transparent background is not supported for this output format.", "background");
        Require(body.Integer("output_compression", 0, 100) is null || format is "jpeg" or "webp", "Compression less than 100 is not supported for this output format.", "output_compression");
        Require(body.Integer("frame_count", 2, 16) is null || (format == "gif" && !stream), "Frames are for output format gif, without streaming.", "frame_count");
        Require(previews is null || stream, "The 'partial_images' parameter is only allowed when 'stream' is enabled.", "partial_images");
        Require(body.Choice("input_fidelity", "low", "high") is null || inputs > 0, "Unknown parameter: 'input_fidelity'.", "input_fidelity");
        return new PictureOrder
        {
            N = body.Integer("n", 1, 10) ?? 1,
            Width = width,
            Height = height,
            Format = format,
            Quality = quality is null or "auto" ? "medium" : quality,
            Background = background == "transparent" ? background : "opaque",
            Stream = stream,
            Previews = previews ?? 0,
        };
    }

    /// <summary>Reads a request of the form of DALL·E 3.</summary>
    public static PictureOrder Old(Fields body)
    {
        CheckPrompt(body, LongestOldPrompt);
        Require(body.Integer("n", 1, 10) is null or 1, "You must provide n=1 for this model.", "n");
        foreach (string later in new[] { "background", "output_format", "output_compression", "moderation", "stream", "partial_images" })
        {
            Require(!body.TryGet(later, out _), $"Unknown parameter: '{later}'.", later);
        }

        body.Choice("quality", "standard", "hd");
        body.Choice("style", "vivid", "natural");
        _ = PictureSize.TryRead(body.Choice("size", OldSizes) ?? OldSizes[0], out int width, out int height);
        return new PictureOrder { IsOld = true, Width = width, Height = height, WantsBytes = body.Choice("response_format", "url", "b64_json") == "b64_json" };
    }

    private static void CheckPrompt(Fields body, int longest)
    {
        string prompt = body.RequiredText("prompt");
        Require(prompt.Length > 0, "Invalid 'prompt': empty string.", "prompt");
        Require(prompt.Length <= longest, string.Format(CultureInfo.InvariantCulture, "Invalid 'prompt': string too long. Expected a string with maximum length {0}, but got a string with length {1} instead.", longest, prompt.Length), "prompt");
    }

    private static void Require(bool holds, string message, string param)
    {
        if (!holds)
        {
            throw new ApiException(ApiError.Invalid(message, param, "invalid_value"));
        }
    }
}
