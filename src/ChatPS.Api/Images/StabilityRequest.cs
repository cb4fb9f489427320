using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>The fields of a form to Stability.</summary>
public sealed class StabilityRequest : ApiRequest
{
    /// <summary>What to show.</summary>
    public string? Prompt { get; set; }

    /// <summary>The model, at the endpoint that has several.</summary>
    public string? Model { get; set; }

    /// <summary>Whether a picture goes along: <c>image-to-image</c>; null for none.</summary>
    public string? Mode { get; set; }

    /// <summary>What not to show.</summary>
    public string? NegativePrompt { get; set; }

    /// <summary>The form of the picture, such as <c>16:9</c>.</summary>
    public string? AspectRatio { get; set; }

    /// <summary>Makes the same picture of the same prompt.</summary>
    public long? Seed { get; set; }

    /// <summary>The style.</summary>
    public string? StylePreset { get; set; }

    /// <summary>The format of the picture.</summary>
    public string? OutputFormat { get; set; }
}
