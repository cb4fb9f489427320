using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Begins an upload at Gemini.</summary>
public sealed class GeminiFileRequest : ApiRequest
{
    /// <summary>What is told of the file.</summary>
    public GeminiFileName File { get; set; } = new();
}
