using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>What ideogram is asked: within <c>image_request</c> in its older form, by itself in version 3.</summary>
public sealed class IdeogramSettings : ApiRequest
{
    /// <summary>What to show.</summary>
    public string? Prompt { get; set; }

    /// <summary>The model; version 3 has its address instead.</summary>
    public string? Model { get; set; }

    /// <summary>The form: <c>ASPECT_16_9</c>, in version 3 <c>16x9</c>.</summary>
    public string? AspectRatio { get; set; }

    /// <summary>The size, instead of the form.</summary>
    public string? Resolution { get; set; }

    /// <summary>What not to show.</summary>
    public string? NegativePrompt { get; set; }

    /// <summary>Makes the same picture of the same prompt.</summary>
    public long? Seed { get; set; }

    /// <summary>The style.</summary>
    public string? StyleType { get; set; }

    /// <summary>How many pictures to make.</summary>
    public int? NumImages { get; set; }

    /// <summary>How fast: TURBO, DEFAULT or QUALITY (version 3).</summary>
    public string? RenderingSpeed { get; set; }
}
