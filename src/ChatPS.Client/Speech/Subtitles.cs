using System.Globalization;
using System.Text;

namespace ChatPS.Client.Speech;

/// <summary>Reads and writes subtitles: SRT and WebVTT.</summary>
internal static class Subtitles
{
    private const string Arrow = "-->";

    /// <summary>Reads the parts of subtitles. What is no part is passed over.</summary>
    /// <param name="text">The subtitles.</param>
    /// <returns>The parts.</returns>
    public static IReadOnlyList<ChatTranscriptSegment> Read(string text)
    {
        List<ChatTranscriptSegment> segments = [];
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
        for (int line = 0; line < lines.Length; line++)
        {
            int arrow = lines[line].IndexOf(Arrow, StringComparison.Ordinal);
            if (arrow < 0 || Time(lines[line].Substring(0, arrow)) is not { } start || Time(lines[line].Substring(arrow + Arrow.Length)) is not { } end)
            {
                continue;
            }

            string? id = line > 0 && lines[line - 1].Trim() is { Length: > 0 } name ? name : null;
            List<string> words = [];
            while (line + 1 < lines.Length && lines[line + 1].Trim().Length > 0)
            {
                words.Add(lines[++line].Trim());
            }

            segments.Add(new ChatTranscriptSegment { Id = id, Start = start, End = end, Text = string.Join(" ", words) });
        }

        return segments;
    }

    /// <summary>Writes subtitles as SRT.</summary>
    /// <param name="segments">Their parts.</param>
    /// <returns>The text.</returns>
    public static string ToSrt(IReadOnlyList<ChatTranscriptSegment> segments)
    {
        StringBuilder text = new();
        TimeSpan before = TimeSpan.Zero;
        for (int place = 0; place < segments.Count; place++)
        {
            text.Append((place + 1).ToString(CultureInfo.InvariantCulture)).Append('\n');
            before = Append(text, segments[place], before, ',');
        }

        return text.ToString();
    }

    /// <summary>Writes subtitles as WebVTT.</summary>
    /// <param name="segments">Their parts.</param>
    /// <returns>The text.</returns>
    public static string ToVtt(IReadOnlyList<ChatTranscriptSegment> segments)
    {
        StringBuilder text = new("WEBVTT\n\n");
        TimeSpan before = TimeSpan.Zero;
        foreach (ChatTranscriptSegment segment in segments)
        {
            before = Append(text, segment, before, '.');
        }

        return text.ToString();
    }

    // A part whose times are not known stands where the one before it ended.
    private static TimeSpan Append(StringBuilder text, ChatTranscriptSegment segment, TimeSpan before, char point)
    {
        TimeSpan start = segment.Start ?? before;
        TimeSpan end = segment.End ?? start;
        text.Append(Write(start, point)).Append(" --> ").Append(Write(end, point)).Append('\n').Append(segment.Text.Trim()).Append("\n\n");
        return end;
    }

    private static string Write(TimeSpan time, char point) =>
        FormattableString.Invariant($"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{point}{time.Milliseconds:000}");

    // 00:00:01,500 or 00:01.500; behind it WebVTT says how it is shown.
    private static TimeSpan? Time(string text)
    {
        string[] parts = text.Trim().Split(' ', '\t')[0].Replace(',', '.').Split(':');
        double seconds = 0;
        foreach (string part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                return null;
            }

            seconds = (seconds * 60) + number;
        }

        return parts.Length is 2 or 3 ? SoundTime.FromSeconds(seconds) : null;
    }
}
