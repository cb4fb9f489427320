using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Images;

/// <summary>The pictures of an answer, as OpenAI, ideogram and services of the same form give them.</summary>
[Answer(nameof(Data), nameof(Images))]
public sealed class ImageResponse : ApiResponseBody
{
    /// <summary>When they were made: seconds, milliseconds, 0 or text.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? Created { get; set; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<ImageData?>? Data { get; set; }

    /// <summary>The same, under the name that some services have for it.</summary>
    public IReadOnlyList<ImageData?>? Images { get; set; }

    /// <summary>The model, where the service tells.</summary>
    public string? Model { get; set; }

    /// <summary>The background.</summary>
    public string? Background { get; set; }

    /// <summary>The format.</summary>
    public string? OutputFormat { get; set; }

    /// <summary>The quality.</summary>
    public string? Quality { get; set; }

    /// <summary>The size.</summary>
    public string? Size { get; set; }

    /// <summary>The seed of all pictures.</summary>
    public JsonElement? Seed { get; set; }

    /// <summary>What it took. In whatever form it comes, the pictures stand.</summary>
    public JsonElement? Usage { get; set; }
}
