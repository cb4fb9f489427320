using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>An event of a stream of pictures: a preview, or a finished picture.</summary>
[Answer(nameof(B64Json))]
public sealed class ImageEvent : ApiResponseBody
{
    /// <summary>What it is, such as <c>image_generation.partial_image</c> or <c>image_edit.completed</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The bytes.</summary>
    [JsonPropertyName("b64_json")]
    public string? B64Json { get; set; }

    /// <summary>Which preview it is, from 0.</summary>
    public int? PartialImageIndex { get; set; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>The background.</summary>
    public string? Background { get; set; }

    /// <summary>The format.</summary>
    public string? OutputFormat { get; set; }

    /// <summary>The quality.</summary>
    public string? Quality { get; set; }

    /// <summary>The size.</summary>
    public string? Size { get; set; }

    /// <summary>What it took.</summary>
    public JsonElement? Usage { get; set; }
}
