using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>How sure the model was of a token.</summary>
public sealed class TranscriptionLogprob : WireObject
{
    /// <summary>The token.</summary>
    public string? Token { get; set; }

    /// <summary>The logarithm of its probability.</summary>
    public double? Logprob { get; set; }

    /// <summary>Its bytes in UTF-8.</summary>
    public IReadOnlyList<int>? Bytes { get; set; }
}
