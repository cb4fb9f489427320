using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>A word of a transcript.</summary>
public sealed class TranscriptionWord : WireObject
{
    /// <summary>The word.</summary>
    public string? Word { get; set; }

    /// <summary>Where it begins, in seconds.</summary>
    public double? Start { get; set; }

    /// <summary>Where it ends, in seconds.</summary>
    public double? End { get; set; }
}
