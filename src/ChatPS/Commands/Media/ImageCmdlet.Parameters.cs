using System.Management.Automation;
using ChatPS.Client.Images;
using ChatPS.Client.Media;
using ChatPS.Completion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

// What pictures are to be like, and where they go.
public abstract partial class ImageCmdlet
{
    /// <summary>The model that makes the pictures.</summary>
    [Parameter(HelpMessage = "The model that makes the pictures.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>How many pictures to make of each item.</summary>
    [Parameter(HelpMessage = "How many pictures to make of each item.")]
    [Asks]
    public int N { get; set; }

    /// <summary>Width and height.</summary>
    [Parameter(HelpMessage = "Width and height in pixels, such as 1024x1024, or auto.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>The form of the picture, for models that have that instead of a size.</summary>
    [Parameter(HelpMessage = "The ratio of width and height, such as 16:9, for models that take that instead of a size.")]
    [Asks]
    [ArgumentCompleter(typeof(AspectRatioCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AspectRatio { get; set; }

    /// <summary>The quality.</summary>
    [Parameter(HelpMessage = "The quality, such as low, medium or high.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageQualityCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Quality { get; set; }

    /// <summary>Whether the background is transparent.</summary>
    [Parameter(HelpMessage = "The background: auto, transparent or opaque.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageBackgroundCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Background { get; set; }

    /// <summary>The format of the pictures.</summary>
    [Parameter(HelpMessage = "The format of the pictures: png, jpeg or webp.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? OutputFormat { get; set; }

    /// <summary>How good compressed pictures are.</summary>
    [Parameter(HelpMessage = "How good JPEG and WebP pictures are, 0 to 100.")]
    [Asks]
    public int OutputCompression { get; set; }

    /// <summary>How strict the service's filter is.</summary>
    [Parameter(HelpMessage = "How strict the service's filter is: auto or low.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageModerationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Moderation { get; set; }

    /// <summary>Whether the service sends bytes or addresses.</summary>
    [Parameter(HelpMessage = "Whether the service sends bytes (b64_json) or addresses (url); not all models know the choice.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageResponseFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResponseFormat { get; set; }

    /// <summary>What not to show.</summary>
    [Parameter(HelpMessage = "What not to show, for models that take it.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string? NegativePrompt { get; set; }

    /// <summary>Makes the same picture of the same prompt.</summary>
    [Parameter(HelpMessage = "A number that makes the same picture of the same prompt, for models that take it.")]
    [Asks]
    public long Seed { get; set; }

    /// <summary>How many steps an open model takes.</summary>
    [Parameter(HelpMessage = "How many steps an open model takes to make a picture.")]
    [Asks]
    public int Steps { get; set; }

    /// <summary>How closely an open model follows the prompt.</summary>
    [Parameter(HelpMessage = "How closely an open model follows the prompt.")]
    [Asks]
    public double Guidance { get; set; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    [Parameter(HelpMessage = "A hash that tells the service's end users apart.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string? SafetyIdentifier { get; set; }

    /// <summary>The old name of <see cref="SafetyIdentifier"/>, which many services still have.</summary>
    [Parameter(HelpMessage = "The old name of SafetyIdentifier, which many services still have.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>The form of the request.</summary>
    [Parameter(HelpMessage = "The form of the request: OpenAI's, or that of another family of picture services.")]
    [Asks]
    [ArgumentCompleter(typeof(ImageFormCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Form { get; set; }

    /// <summary>Reads the answer as a stream.</summary>
    [Parameter(HelpMessage = "Reads the answer as a stream, so that each picture comes as soon as it is there.")]
    [Runs]
    public SwitchParameter Stream { get; set; }

    /// <summary>How many previews to emit of a picture that is being made.</summary>
    [Parameter(HelpMessage = "How many previews to emit of each picture while it is made, 0 to 3.")]
    [Runs]
    public int PartialImage { get; set; }

    /// <summary>The folder that the pictures are saved to.</summary>
    [Parameter(HelpMessage = "The folder that the pictures are saved to; it is made if it is not there.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? OutDirectory { get; set; }

    /// <summary>Begins at 0001 again and replaces files that are there; those of a checkpoint stay.</summary>
    [Parameter(HelpMessage = "Begins at 0001 again and replaces files that are there; a checkpoint's files stay.")]
    [Runs]
    public SwitchParameter Force { get; set; }

    /// <summary>The most bytes of a picture that is saved.</summary>
    [Parameter(HelpMessage = "The most bytes of a picture that is saved.")]
    [Runs]
    public long MaxBytes { get; set; } = MediaSaver.DefaultMaxBytes;

    private protected ImageRequest Template() => new()
    {
        Model = _asked.Model,
        Form = Form,
        N = Given(nameof(N), N),
        Size = Size,
        AspectRatio = AspectRatio,
        Quality = Quality,
        Background = Background,
        OutputFormat = OutputFormat,
        OutputCompression = Given(nameof(OutputCompression), OutputCompression),
        Moderation = Moderation,
        ResponseFormat = ResponseFormat,
        NegativePrompt = NegativePrompt,
        Seed = Given(nameof(Seed), Seed),
        Steps = Given(nameof(Steps), Steps),
        Guidance = Given(nameof(Guidance), Guidance),
        SafetyIdentifier = SafetyIdentifier,
        User = User,
        Stream = Stream || IsBound(nameof(PartialImage)),
        PartialImage = Given(nameof(PartialImage), PartialImage),
    };
}
