using System.Globalization;

namespace ChatPS.Sandbox.Play;

/// <summary>What the sandbox hears: what was spoken here, and in any other sound always the same words about its name.</summary>
internal sealed class Transcript
{
    private Transcript(IReadOnlyList<(string Token, double Start)> tokens, double seconds)
    {
        Pieces = tokens;
        Seconds = seconds;
        Text = string.Concat(tokens.Select(static token => token.Token)).Trim();
        Words = [.. Spans(static token => token.Trim().Any(char.IsLetterOrDigit), perToken: true)];
        Segments = [.. Spans(static token => token.TrimEnd() is [.., '.' or '!' or '?' or '。'], perToken: false)];
    }

    /// <summary>The tokens with the time at which each begins.</summary>
    public IReadOnlyList<(string Token, double Start)> Pieces { get; }

    public string Text { get; }

    public double Seconds { get; }

    public IReadOnlyList<(string Text, double Start, double End)> Words { get; }

    /// <summary>The sentences.</summary>
    public IReadOnlyList<(string Text, double Start, double End)> Segments { get; }

    /// <summary>Listens to a sound.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="name">The name of its file.</param>
    /// <returns>What is said.</returns>
    public static Transcript Of(byte[] sound, string name)
    {
        List<(string Token, double Start)> tokens = SpokenWords.Listen(sound);
        double seconds = SpokenWords.Seconds(sound, tokens.Count);
        if (tokens.Count == 0)
        {
            List<string> words = Tokens.Split($"Welcome to {Path.GetFileNameWithoutExtension(name)}. We will rotate the keys on Friday. Who tells the team? I will do it.");
            tokens = [.. words.Select((word, place) => (word, seconds * place / words.Count))];
        }

        return new Transcript(tokens, seconds);
    }

    /// <summary>Writes subtitles.</summary>
    /// <param name="isVtt">Whether as WebVTT; else as SRT.</param>
    /// <returns>The subtitles.</returns>
    public string Subtitles(bool isVtt) => (isVtt ? "WEBVTT\n\n" : "")
        + string.Concat(Segments.Select((segment, place) => (isVtt ? "" : (place + 1).ToString(CultureInfo.InvariantCulture) + "\n")
            + $"{Time(segment.Start, isVtt)} --> {Time(segment.End, isVtt)}\n{segment.Text}\n\n"));

    private IEnumerable<(string Text, double Start, double End)> Spans(Func<string, bool> ends, bool perToken)
    {
        int first = 0;
        for (int place = 0; place < Pieces.Count; place++)
        {
            bool isEnd = ends(Pieces[place].Token);
            if (isEnd || (!perToken && place == Pieces.Count - 1))
            {
                string text = string.Concat(Pieces.Skip(first).Take(place - first + 1).Select(static token => token.Token)).Trim();
                yield return (text, Pieces[first].Start, place + 1 < Pieces.Count ? Pieces[place + 1].Start : Seconds);
            }

            first = isEnd || perToken ? place + 1 : first;
        }
    }

    private static string Time(double seconds, bool isVtt)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Round(seconds, 3));
        return string.Format(CultureInfo.InvariantCulture, "{0:00}:{1:00}:{2:00}{3}{4:000}", (int)time.TotalHours, time.Minutes, time.Seconds, isVtt ? '.' : ',', time.Milliseconds);
    }
}
