using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>A picture: some services fill both members that can hold it, and leave one empty.</summary>
[Answer(nameof(B64Json), nameof(Url))]
public sealed class ImageData : WireObject
{
    /// <summary>The bytes.</summary>
    [JsonPropertyName("b64_json")]
    public string? B64Json { get; set; }

    /// <summary>The address; also one with the bytes in it.</summary>
    public string? Url { get; set; }

    /// <summary>What the service made of the prompt.</summary>
    public string? RevisedPrompt { get; set; }

    /// <summary>The same, as ideogram names it.</summary>
    public string? Prompt { get; set; }

    /// <summary>The size.</summary>
    public string? Resolution { get; set; }

    /// <summary>The seed.</summary>
    public JsonElement? Seed { get; set; }

    /// <summary>Whether the service takes it for harmless.</summary>
    public bool? IsImageSafe { get; set; }
}
