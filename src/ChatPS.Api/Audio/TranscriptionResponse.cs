using ChatPS.Api.Wire;

namespace ChatPS.Api.Audio;

/// <summary>The answer of <c>POST /audio/transcriptions</c> and <c>/audio/translations</c> where it is JSON.</summary>
[Answer(nameof(Text))]
public sealed class TranscriptionResponse : ApiResponseBody
{
    /// <summary><c>transcribe</c> or <c>translate</c>.</summary>
    public string? Task { get; set; }

    /// <summary>The language, as the service names it.</summary>
    public string? Language { get; set; }

    /// <summary>The languages that were heard.</summary>
    public IReadOnlyList<TranscriptionLanguage>? Languages { get; set; }

    /// <summary>How many seconds of sound there are; text in older answers.</summary>
    public double? Duration { get; set; }

    /// <summary>What is said.</summary>
    public string? Text { get; set; }

    /// <summary>What is said, part by part.</summary>
    public IReadOnlyList<TranscriptionSegment>? Segments { get; set; }

    /// <summary>What is said, word by word.</summary>
    public IReadOnlyList<TranscriptionWord>? Words { get; set; }

    /// <summary>How sure the model was of each token.</summary>
    public IReadOnlyList<TranscriptionLogprob>? Logprobs { get; set; }

    /// <summary>What it took.</summary>
    public AudioUsage? Usage { get; set; }

    /// <summary>The model; only some gateways say.</summary>
    public string? Model { get; set; }
}
