using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A file that the service fetches, or has.</summary>
public sealed class GeminiFileData : WireObject
{
    /// <summary>What the file is, such as <c>image/png</c>; null to let the service find out.</summary>
    public string? MimeType { get; set; }

    /// <summary>The address of the file.</summary>
    public string? FileUri { get; set; }
}
