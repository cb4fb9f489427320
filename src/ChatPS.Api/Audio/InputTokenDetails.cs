using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>What input tokens consist of.</summary>
public sealed class InputTokenDetails : WireObject
{
    /// <summary>Tokens of text.</summary>
    public int? TextTokens { get; set; }

    /// <summary>Tokens of sound.</summary>
    public int? AudioTokens { get; set; }
}
