using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The tokens of a prompt by kind.</summary>
public sealed class PromptTokensDetails : WireObject
{
    /// <summary>Tokens of sound.</summary>
    public int? AudioTokens { get; set; }

    /// <summary>Tokens read from the cache.</summary>
    public int? CachedTokens { get; set; }

    /// <summary>Tokens written to the cache.</summary>
    public int? CacheWriteTokens { get; set; }

    /// <summary>Tokens of text.</summary>
    public int? TextTokens { get; set; }

    /// <summary>Tokens of images.</summary>
    public int? ImageTokens { get; set; }
}
