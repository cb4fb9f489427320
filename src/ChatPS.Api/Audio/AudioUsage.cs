using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>What speech or a transcript took: tokens, or seconds of sound.</summary>
public sealed class AudioUsage : WireObject
{
    /// <summary><c>tokens</c> or <c>duration</c>; not with speech.</summary>
    public string? Type { get; set; }

    /// <summary>Tokens of what was sent.</summary>
    public int? InputTokens { get; set; }

    /// <summary>Tokens of the answer.</summary>
    public int? OutputTokens { get; set; }

    /// <summary>Both together.</summary>
    public int? TotalTokens { get; set; }

    /// <summary>What the input tokens consist of.</summary>
    public InputTokenDetails? InputTokenDetails { get; set; }

    /// <summary>Seconds of sound.</summary>
    public double? Seconds { get; set; }
}
