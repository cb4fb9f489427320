using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Files;

/// <summary>A file that the service keeps.</summary>
public sealed class FileObject : ApiResponseBody
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary><c>file</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The same where a vendor names it so.</summary>
    public string? Type { get; set; }

    /// <summary>The name.</summary>
    public string? Filename { get; set; }

    /// <summary>What it is for.</summary>
    public string? Purpose { get; set; }

    /// <summary>How many bytes it has.</summary>
    public long? Bytes { get; set; }

    /// <summary>The same at Anthropic.</summary>
    public long? SizeBytes { get; set; }

    /// <summary>What it holds.</summary>
    public string? MimeType { get; set; }

    /// <summary>When it was made, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? CreatedAt { get; set; }

    /// <summary>When it goes, in seconds since 1970-01-01 UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public long? ExpiresAt { get; set; }

    /// <summary>What it is at: <c>uploaded</c>, <c>processed</c> or <c>error</c>.</summary>
    public string? Status { get; set; }

    /// <summary>What was wrong with it.</summary>
    public string? StatusDetails { get; set; }

    /// <summary>Whether its content can be fetched, where the service tells.</summary>
    public bool? Downloadable { get; set; }
}
