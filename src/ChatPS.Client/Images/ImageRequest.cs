using ChatPS.Client.Faults;

namespace ChatPS.Client.Images;

/// <summary>A request for pictures in plain terms. A null is not sent. Meanings and limits: OpenAI's description of <c>POST /images/generations</c> and <c>/images/edits</c>.</summary>
public sealed record ImageRequest
{
    /// <summary>The most pictures that one edit takes.</summary>
    public const int MostImages = 16;

    private const int MostPictures = 1000;

    /// <summary>What to show, or what to change.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>The form of the request; null for what the address of the service suggests.</summary>
    public string? Form { get; init; }

    /// <summary>The pictures to edit; empty to make new ones.</summary>
    public IReadOnlyList<ImageFile> Images { get; init; } = [];

    /// <summary>Where to edit: what is transparent changes.</summary>
    public ImageFile? Mask { get; init; }

    /// <summary>How many pictures to make.</summary>
    public int? N { get; init; }

    /// <summary>Width and height, such as <c>1024x1024</c>, or <c>auto</c>.</summary>
    public string? Size { get; init; }

    /// <summary>The form of the picture, such as <c>16:9</c>.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The quality.</summary>
    public string? Quality { get; init; }

    /// <summary>The background.</summary>
    public string? Background { get; init; }

    /// <summary>The format: <c>png</c>, <c>jpeg</c>, <c>webp</c>.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>How good a compressed picture is, 0 to 100.</summary>
    public int? OutputCompression { get; init; }

    /// <summary>How strict the service's filter is.</summary>
    public string? Moderation { get; init; }

    /// <summary>Whether pictures come as addresses (<c>url</c>) or bytes (<c>b64_json</c>).</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>The style.</summary>
    public string? Style { get; init; }

    /// <summary>What not to show.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Makes the same picture of the same prompt.</summary>
    public long? Seed { get; init; }

    /// <summary>How many steps an open model takes.</summary>
    public int? Steps { get; init; }

    /// <summary>How closely an open model follows the prompt.</summary>
    public double? Guidance { get; init; }

    /// <summary>How much the model plans.</summary>
    public string? Complexity { get; init; }

    /// <summary>How many frames an animation has.</summary>
    public int? FrameCount { get; init; }

    /// <summary>How long each frame is shown, in milliseconds.</summary>
    public int? FrameDurationMs { get; init; }

    /// <summary>How closely an edit keeps to the pictures that were given.</summary>
    public string? InputFidelity { get; init; }

    /// <summary>Tells end users apart.</summary>
    public string? User { get; init; }

    /// <summary>Tells end users apart.</summary>
    public string? SafetyIdentifier { get; init; }

    /// <summary>Whether the answer comes as a stream.</summary>
    public bool Stream { get; init; }

    /// <summary>How many previews to send, 0 to 3.</summary>
    public int? PartialImage { get; init; }

    /// <summary>The pipeline item that the pictures will carry as their input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Gets what is given besides the prompt, by the names of the parameters.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> Given => new KeyValuePair<string, object?>[]
    {
        new("Image", Images.Count > 0 ? Images : null),
        new(nameof(Mask), Mask),
        new(nameof(N), N),
        new(nameof(Size), Size),
        new(nameof(AspectRatio), AspectRatio),
        new(nameof(Quality), Quality),
        new(nameof(Background), Background),
        new(nameof(OutputFormat), OutputFormat),
        new(nameof(OutputCompression), OutputCompression),
        new(nameof(Moderation), Moderation),
        new(nameof(ResponseFormat), ResponseFormat),
        new(nameof(Style), Style),
        new(nameof(NegativePrompt), NegativePrompt),
        new(nameof(Seed), Seed),
        new(nameof(Steps), Steps),
        new(nameof(Guidance), Guidance),
        new(nameof(Complexity), Complexity),
        new(nameof(FrameCount), FrameCount),
        new(nameof(FrameDurationMs), FrameDurationMs),
        new(nameof(InputFidelity), InputFidelity),
        new(nameof(User), User),
        new(nameof(SafetyIdentifier), SafetyIdentifier),
        new(nameof(PartialImage), PartialImage),
        new(nameof(Stream), Stream ? true : null),
    }.Where(parameter => parameter.Value is not null);

    /// <summary>Finds what no service could take.</summary>
    /// <exception cref="ChatServiceException">A value cannot be sent; it says which.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Prompt))
        {
            throw Failures.Invalid("The prompt is empty.", Images.Count > 0 ? "Say with -Prompt what to change." : "Say what to show.");
        }

        ParameterRules.Range(N, 1, MostPictures, "-N");
        ParameterRules.Range(OutputCompression, 0, 100, "-OutputCompression");
        ParameterRules.Range(PartialImage, 0, 3, "-PartialImage");
        ParameterRules.Range(FrameCount, 2, 16, "-FrameCount");
        ParameterRules.AtLeast(FrameDurationMs, 1, "-FrameDurationMs");
        ParameterRules.AtLeast(Steps, 1, "-Steps");
        ParameterRules.AtMost(Images.Count, MostImages, "-Image", "pictures");
        if (Mask is { } mask)
        {
            CheckMask(mask);
        }
    }

    private void CheckMask(ImageFile mask)
    {
        if (!mask.IsPng || mask.Length > ImageFile.LargestMask)
        {
            throw Failures.Invalid($"-Mask: '{mask}' is no PNG of at most 4 MB.", "Give a PNG whose transparent places are to change.");
        }

        if (Images.Count > 0 && Images[0].Size is var (width, height) && mask.Size is var (maskWidth, maskHeight) && (width, height) != (maskWidth, maskHeight))
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Mask: '{mask}' has {maskWidth}x{maskHeight} pixels, and the first picture {width}x{height}."), "Give a mask of the same size.");
        }
    }
}
