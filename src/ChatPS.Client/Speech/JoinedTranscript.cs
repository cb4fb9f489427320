using ChatPS.Client.Usage;

namespace ChatPS.Client.Speech;

/// <summary>Joins the transcripts of the parts of a file, each with its times moved to where it began.</summary>
internal static class JoinedTranscript
{
    /// <summary>Joins transcripts.</summary>
    /// <param name="parts">The transcripts in their order.</param>
    /// <param name="sounds">What each is of.</param>
    /// <param name="request">What was asked of the whole file.</param>
    /// <returns>The transcript of the whole.</returns>
    public static ChatTranscript Of(IReadOnlyList<ChatTranscript> parts, IReadOnlyList<SoundFile> sounds, TranscriptRequest request)
    {
        ChatTranscriptSegment[] segments = [.. parts.SelectMany((part, place) => part.Segments.Select(segment => Shift(segment, sounds[place].Start)))];
        ChatTranscript last = parts[parts.Count - 1];
        return new ChatTranscript
        {
            Text = request.Format switch
            {
                "srt" => Subtitles.ToSrt(segments),
                "vtt" => Subtitles.ToVtt(segments),
                _ => string.Join(" ", parts.Select(part => part.Text.Trim()).Where(text => text.Length > 0)),
            },
            Segments = segments,
            Words = [.. parts.SelectMany((part, place) => part.Words.Select(word => new ChatTranscriptWord { Word = word.Word, Start = word.Start + sounds[place].Start, End = word.End + sounds[place].Start }))],
            Speakers = [.. parts.SelectMany(part => part.Speakers).Distinct(StringComparer.Ordinal)],
            Language = parts.Select(part => part.Language).FirstOrDefault(language => language is not null),
            Duration = request.Sound.Duration ?? sounds[sounds.Count - 1].Start + (sounds[sounds.Count - 1].Duration ?? last.Duration),
            Format = request.Format,
            LogProbs = [.. parts.SelectMany(part => part.LogProbs)],
            Path = request.Sound.Path,
            Parts = parts.Count,
            Model = last.Model,
            Usage = Sum(parts.Select(part => part.Usage)),
            Charged = parts.All(part => part.Charged is not null) ? TimeSpan.FromTicks(parts.Sum(part => part.Charged!.Value.Ticks)) : null,
            Cost = parts.All(part => part.Cost is not null) ? parts.Sum(part => part.Cost) : null,
            Elapsed = TimeSpan.FromTicks(parts.Max(part => part.Elapsed.Ticks)),
            RequestId = last.RequestId,
            Connection = last.Connection,
            Index = request.Index,
            Input = request.Input,
            Raw = string.Join("\n", parts.Select(part => part.Raw)),
        };
    }

    private static ChatTranscriptSegment Shift(ChatTranscriptSegment segment, TimeSpan start) => new()
    {
        Start = segment.Start + start,
        End = segment.End + start,
        Speaker = segment.Speaker,
        Text = segment.Text,
        Id = segment.Id,
        AvgLogProb = segment.AvgLogProb,
        NoSpeechProb = segment.NoSpeechProb,
    };

    private static ChatUsage? Sum(IEnumerable<ChatUsage?> usages)
    {
        ChatUsage[] told = [.. usages.OfType<ChatUsage>()];
        return told.Length == 0 ? null : new ChatUsage
        {
            InputTokens = told.Aggregate(0, (sum, usage) => TokenCount.Sum(sum, usage.InputTokens)),
            OutputTokens = told.Aggregate(0, (sum, usage) => TokenCount.Sum(sum, usage.OutputTokens)),
            TotalTokens = told.Aggregate(0, (sum, usage) => TokenCount.Sum(sum, usage.TotalTokens)),
            InputAudioTokens = told.Aggregate(0, (sum, usage) => TokenCount.Sum(sum, usage.InputAudioTokens)),
        };
    }
}
