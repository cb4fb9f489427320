using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>The body of <c>countTokens</c>: a conversation alone, or a whole request.</summary>
public sealed class GeminiCountRequest : ApiRequest
{
    /// <summary>The conversation; null beside a whole request.</summary>
    public IReadOnlyList<GeminiContent>? Contents { get; set; }

    /// <summary>The request, where there is more than a conversation.</summary>
    public GeminiRequest? GenerateContentRequest { get; set; }
}
