using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>A picture as Stability gives it where it answers in JSON.</summary>
[Answer(nameof(Image))]
public sealed class StabilityResponse : ApiResponseBody
{
    /// <summary>The bytes.</summary>
    public string? Image { get; set; }

    /// <summary>How it ended: SUCCESS or CONTENT_FILTERED.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The seed.</summary>
    public JsonElement? Seed { get; set; }
}
