using ChatPS.Client.Faults;

namespace ChatPS.Client.Speech;

/// <summary>What is to be written down, and how.</summary>
public sealed record TranscriptRequest
{
    /// <summary>The largest file of a request if nothing else is said, in megabytes. Source: OpenAI.</summary>
    public const int UsualLargestFileMB = 25;

    private const int MostSpeakers = 4;
    private const string Diarized = "diarized_json";
    private const string Verbose = "verbose_json";

    /// <summary>The sound.</summary>
    public SoundFile Sound { get; init; } = null!;

    /// <summary>The model; null for the connection's.</summary>
    public string? Model { get; init; }

    /// <summary>Whether it is written down in English, whatever is spoken.</summary>
    public bool IsTranslation { get; init; }

    /// <summary>The languages that are spoken, by their codes; empty where the service finds out.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Words that are likely to be said, such as names.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>A text that shows how to write, or what went before.</summary>
    public string? Prompt { get; init; }

    /// <summary>The format of the answer; null for the service's own.</summary>
    public string? Format { get; init; }

    /// <summary>0 (focused) to 1 (random).</summary>
    public double? Temperature { get; init; }

    /// <summary>What gets times: <c>word</c>, <c>segment</c>, or both.</summary>
    public IReadOnlyList<string> Granularities { get; init; } = [];

    /// <summary>What to tell besides: <c>logprobs</c>.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>How the service cuts the sound: <c>auto</c> or a dictionary; null for its own way.</summary>
    public object? ChunkingStrategy { get; init; }

    /// <summary>Speakers that are to be known by name, each with a recording of the voice.</summary>
    public IReadOnlyList<(string Name, SoundFile Sound)> KnownSpeakers { get; init; } = [];

    /// <summary>Whether the text comes piece by piece.</summary>
    public bool IsStream { get; init; }

    /// <summary>How many minutes a part has into which the file is cut; null for the file as it is.</summary>
    public double? SplitMinutes { get; init; }

    /// <summary>The largest file of a request, in bytes.</summary>
    public long LargestFile { get; init; } = UsualLargestFileMB * 1024L * 1024;

    /// <summary>The pipeline item that the result will carry as its input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Whether the answer is a text as it stands: plain, or subtitles.</summary>
    internal bool IsText => Format is "text" or "srt" or "vtt";

    /// <summary>Finds values that cannot be sent, and adds what others need.</summary>
    /// <returns>The request, with the format and the way of cutting that its other values need.</returns>
    /// <exception cref="ChatServiceException">A value cannot be sent; it says which.</exception>
    public TranscriptRequest Complete()
    {
        ParameterRules.Range(Temperature, 0, 1, "-Temperature");
        ParameterRules.AtMost(KnownSpeakers.Count, MostSpeakers, "-KnownSpeaker", "speakers");
        if (SplitMinutes is <= 0 or > 24 * 60 or double.NaN)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-SplitMinute is {SplitMinutes}; it must be above 0 and at most 1440 (a day)."), "Give -SplitMinute a number of minutes, for example 10.");
        }

        if (IsTranslation && Beside() is { } other)
        {
            throw Failures.Invalid($"-{other} does not go with -Translate: services translate without it.", $"Leave out -{other}, or transcribe and translate the text afterwards.");
        }

        if (IsStream && SplitMinutes is not null)
        {
            throw Failures.Invalid("-Stream and -SplitMinute were given together: the parts of a file are written down side by side.", "Leave out one of the two.");
        }

        string? format = Format ?? (Granularities.Count > 0 ? Verbose : KnownSpeakers.Count > 0 ? Diarized : null);
        RequireFormat(Granularities.Count > 0, "TimestampGranularity", format, Verbose);
        RequireFormat(KnownSpeakers.Count > 0, "KnownSpeaker", format, Diarized);
        RequireFormat(Include.Count > 0, "Include", format ?? "json", "json");
        return this with { Format = format, ChunkingStrategy = ChunkingStrategy ?? (format == Diarized ? "auto" : null) };
    }

    private static void RequireFormat(bool isGiven, string parameter, string? format, string needed)
    {
        if (isGiven && format != needed)
        {
            throw Failures.Invalid($"-{parameter} goes with -ResponseFormat {needed}, not with {format}.", $"Use -ResponseFormat {needed}, or leave out -{parameter}.");
        }
    }

    private string? Beside() => Languages.Count > 0 ? "Language"
        : Keywords.Count > 0 ? "Keyword"
        : Granularities.Count > 0 ? "TimestampGranularity"
        : Include.Count > 0 ? "Include"
        : ChunkingStrategy is not null ? "ChunkingStrategy"
        : KnownSpeakers.Count > 0 ? "KnownSpeaker"
        : IsStream ? "Stream"
        : null;
}
