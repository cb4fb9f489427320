using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>A part of an upload.</summary>
public sealed class UploadPart : ApiResponseBody
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary><c>upload.part</c>.</summary>
    public string? Object { get; set; }

    /// <summary>When it came, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>The upload that it belongs to.</summary>
    public string? UploadId { get; set; }
}
