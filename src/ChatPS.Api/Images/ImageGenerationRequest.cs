using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>The body of <c>POST /images/generations</c>, and the fields of <c>POST /images/edits</c>: OpenAI's members, and those that services of the same form have for open models.</summary>
public sealed class ImageGenerationRequest : ApiRequest
{
    /// <summary>What to show.</summary>
    public string? Prompt { get; set; }

    /// <summary>The model.</summary>
    public string? Model { get; set; }

    /// <summary>How many pictures to make.</summary>
    public int? N { get; set; }

    /// <summary>Width and height, such as <c>1024x1024</c>.</summary>
    public string? Size { get; set; }

    /// <summary>The quality.</summary>
    public string? Quality { get; set; }

    /// <summary>Whether the background is transparent.</summary>
    public string? Background { get; set; }

    /// <summary>The format of the picture.</summary>
    public string? OutputFormat { get; set; }

    /// <summary>How good a compressed picture is, 0 to 100.</summary>
    public int? OutputCompression { get; set; }

    /// <summary>How strict the service's filter is.</summary>
    public string? Moderation { get; set; }

    /// <summary>Whether pictures come as addresses or as bytes; refused by models that know bytes only.</summary>
    public string? ResponseFormat { get; set; }

    /// <summary>The style; refused by models that know none.</summary>
    public string? Style { get; set; }

    /// <summary>For edits: how closely the result keeps to the pictures that were given.</summary>
    public string? InputFidelity { get; set; }

    /// <summary>Whether the answer comes as events.</summary>
    public bool? Stream { get; set; }

    /// <summary>How many previews to send.</summary>
    public int? PartialImages { get; set; }

    /// <summary>How much the model plans.</summary>
    public string? Complexity { get; set; }

    /// <summary>How many frames an animation has.</summary>
    public int? FrameCount { get; set; }

    /// <summary>How long each of them is shown.</summary>
    public int? FrameDurationMs { get; set; }

    /// <summary>Tells end users apart.</summary>
    public string? SafetyIdentifier { get; set; }

    /// <summary>The old name of <see cref="SafetyIdentifier"/>.</summary>
    public string? User { get; set; }

    /// <summary>The form of the picture, such as <c>16:9</c>, where a model has that instead of a size.</summary>
    public string? AspectRatio { get; set; }

    /// <summary>What not to show.</summary>
    public string? NegativePrompt { get; set; }

    /// <summary>Makes the same picture of the same prompt.</summary>
    public long? Seed { get; set; }

    /// <summary>How many steps an open model takes.</summary>
    public int? NumInferenceSteps { get; set; }

    /// <summary>How closely an open model follows the prompt.</summary>
    public double? GuidanceScale { get; set; }
}
