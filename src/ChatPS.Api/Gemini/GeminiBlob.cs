using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Bytes within a part.</summary>
public sealed class GeminiBlob : WireObject
{
    /// <summary>What the bytes are, such as <c>image/png</c>.</summary>
    public string? MimeType { get; set; }

    /// <summary>The bytes in base64.</summary>
    public string? Data { get; set; }
}
