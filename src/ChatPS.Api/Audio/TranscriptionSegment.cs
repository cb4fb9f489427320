using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>A part of a transcript.</summary>
public sealed class TranscriptionSegment : WireObject
{
    /// <summary>Its id: a number, or a text where speakers are told apart.</summary>
    public string? Id { get; set; }

    /// <summary><c>transcript.text.segment</c> where speakers are told apart.</summary>
    public string? Type { get; set; }

    /// <summary>Who speaks.</summary>
    public string? Speaker { get; set; }

    /// <summary>Where the model was at work, in its own units.</summary>
    public double? Seek { get; set; }

    /// <summary>Where it begins, in seconds.</summary>
    public double? Start { get; set; }

    /// <summary>Where it ends, in seconds.</summary>
    public double? End { get; set; }

    /// <summary>What is said.</summary>
    public string? Text { get; set; }

    /// <summary>The numbers of its tokens.</summary>
    public IReadOnlyList<int>? Tokens { get; set; }

    /// <summary>The temperature that it was made with.</summary>
    public double? Temperature { get; set; }

    /// <summary>How sure the model was: the mean of the logarithms of its tokens' probabilities.</summary>
    public double? AvgLogprob { get; set; }

    /// <summary>How well the text can be compressed: much repetition is a sign of a bad transcript.</summary>
    public double? CompressionRatio { get; set; }

    /// <summary>How likely it is that nobody speaks.</summary>
    public double? NoSpeechProb { get; set; }
}
