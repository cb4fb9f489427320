namespace ChatPS;

/// <summary>What is said in a file of sound.</summary>
public sealed class ChatTranscript
{
    /// <summary>What is said; where subtitles were asked for, these as they came.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is said, part by part; empty where the format has none.</summary>
    public ChatTranscriptSegment[] Segments { get; init; } = [];

    /// <summary>What is said, word by word; empty where that was not asked for.</summary>
    public ChatTranscriptWord[] Words { get; init; } = [];

    /// <summary>Who speaks, in the order of their first words; empty where speakers were not told apart.</summary>
    public string[] Speakers { get; init; } = [];

    /// <summary>The language, as the service names it; null where it does not.</summary>
    public string? Language { get; init; }

    /// <summary>How long the sound lasts; null where neither the service nor the file tells.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What was asked for: <c>json</c>, <c>text</c>, <c>verbose_json</c>, <c>diarized_json</c>, <c>srt</c> or <c>vtt</c>; null for the service's own.</summary>
    public string? Format { get; init; }

    /// <summary>How sure the model was of each token; empty unless that was asked for.</summary>
    public ChatTokenLogProb[] LogProbs { get; init; } = [];

    /// <summary>The file; null where bytes were given.</summary>
    public string? Path { get; init; }

    /// <summary>In how many parts the file was sent.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>The model that was asked, or as the service names it.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens; null where the service counts seconds, or did not tell.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The time that the service charges for; null where it counts tokens, or did not tell.</summary>
    public TimeSpan? Charged { get; init; }

    /// <summary>What it cost, in the currency of the price table; null without a price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The time from sending the request to the last byte of the answer.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request; the last one where there were several.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The pipeline item.</summary>
    public object? Input { get; init; }

    /// <summary>The answer as it came; for a file in parts one answer after the other.</summary>
    public string Raw { get; init; } = "";

    /// <summary>The text; where speakers were told apart, a line for each turn with the speaker before it.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Speakers.Length == 0)
        {
            return Text;
        }

        List<string> lines = [];
        string? speaker = null;
        foreach (ChatTranscriptSegment segment in Segments)
        {
            string text = segment.Text.Trim();
            if (lines.Count > 0 && segment.Speaker == speaker)
            {
                lines[lines.Count - 1] += " " + text;
            }
            else
            {
                lines.Add(segment.Speaker is null ? text : $"{segment.Speaker}: {text}");
            }

            speaker = segment.Speaker;
        }

        return string.Join("\n", lines);
    }
}
