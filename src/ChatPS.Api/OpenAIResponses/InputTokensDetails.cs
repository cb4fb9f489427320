using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>What the tokens of the input were.</summary>
public sealed class InputTokensDetails : WireObject
{
    /// <summary>Tokens that came from the cache.</summary>
    public int? CachedTokens { get; set; }

    /// <summary>Tokens that were written to the cache.</summary>
    public int? CacheWriteTokens { get; set; }
}
