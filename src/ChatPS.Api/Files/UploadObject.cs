using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>An upload in parts.</summary>
public sealed class UploadObject : ApiResponseBody
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary><c>upload</c>.</summary>
    public string? Object { get; set; }

    /// <summary>How many bytes the file is to have.</summary>
    public long? Bytes { get; set; }

    /// <summary>The name of the file.</summary>
    public string? Filename { get; set; }

    /// <summary>What the file is for.</summary>
    public string? Purpose { get; set; }

    /// <summary><c>pending</c>, <c>completed</c>, <c>cancelled</c> or <c>expired</c>.</summary>
    public string? Status { get; set; }

    /// <summary>When it began, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>When it must be complete, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? ExpiresAt { get; set; }

    /// <summary>The file, once it is complete.</summary>
    public FileObject? File { get; set; }
}
