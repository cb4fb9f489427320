using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The log probability of one token.</summary>
public sealed class TokenLogprob : WireObject
{
    /// <summary>The token.</summary>
    public string? Token { get; set; }

    /// <summary>Its natural log probability; -9999 means very unlikely.</summary>
    public double? Logprob { get; set; }

    /// <summary>Its UTF-8 bytes, for characters that span tokens.</summary>
    public IReadOnlyList<int>? Bytes { get; set; }

    /// <summary>The likely tokens at this position.</summary>
    public IReadOnlyList<TokenLogprob>? TopLogprobs { get; set; }
}
