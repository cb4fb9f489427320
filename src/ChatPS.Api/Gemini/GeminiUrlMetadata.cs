using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A page that was read for an answer.</summary>
public sealed class GeminiUrlMetadata : WireObject
{
    /// <summary>Its address.</summary>
    public string? RetrievedUrl { get; set; }

    /// <summary>How that went, such as <c>URL_RETRIEVAL_STATUS_SUCCESS</c>.</summary>
    public string? UrlRetrievalStatus { get; set; }
}
