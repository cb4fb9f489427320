using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A file at Gemini, or the answer that holds it.</summary>
public sealed class GeminiFile : ApiResponseBody
{
    /// <summary>The name, such as <c>files/abc</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it holds.</summary>
    public string? MimeType { get; set; }

    /// <summary>How many bytes it has.</summary>
    public long? SizeBytes { get; set; }

    /// <summary>When it was made.</summary>
    public string? CreateTime { get; set; }

    /// <summary>When it goes.</summary>
    public string? ExpirationTime { get; set; }

    /// <summary>The address that a request names it by.</summary>
    public string? Uri { get; set; }

    /// <summary>Where it is fetched from, if it can be.</summary>
    public string? DownloadUri { get; set; }

    /// <summary>What it is at: <c>PROCESSING</c>, <c>ACTIVE</c> or <c>FAILED</c>.</summary>
    public string? State { get; set; }

    /// <summary><c>UPLOADED</c> or <c>GENERATED</c>.</summary>
    public string? Source { get; set; }

    /// <summary>The file itself, in the answer to an upload.</summary>
    public GeminiFile? File { get; set; }
}
