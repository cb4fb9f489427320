using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>An event of a transcript.</summary>
public sealed class TranscriptionEvent : ApiResponseBody
{
    /// <summary><c>transcript.text.delta</c>, <c>transcript.text.segment</c> or <c>transcript.text.done</c>.</summary>
    public string? Type { get; set; }

    /// <summary>New text.</summary>
    public string? Delta { get; set; }

    /// <summary>The segment that the new text belongs to.</summary>
    public string? SegmentId { get; set; }

    /// <summary>The id of a segment.</summary>
    public string? Id { get; set; }

    /// <summary>Who speaks in a segment.</summary>
    public string? Speaker { get; set; }

    /// <summary>Where a segment begins, in seconds.</summary>
    public double? Start { get; set; }

    /// <summary>Where a segment ends, in seconds.</summary>
    public double? End { get; set; }

    /// <summary>The text of a segment, or at the end all of it.</summary>
    public string? Text { get; set; }

    /// <summary>The languages that were heard; at the end.</summary>
    public IReadOnlyList<TranscriptionLanguage>? Languages { get; set; }

    /// <summary>How sure the model was of each token.</summary>
    public IReadOnlyList<TranscriptionLogprob>? Logprobs { get; set; }

    /// <summary>What it took; at the end.</summary>
    public AudioUsage? Usage { get; set; }
}
