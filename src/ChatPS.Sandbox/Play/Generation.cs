namespace ChatPS.Sandbox.Play;

/// <summary>A generated text, cut as the request asked.</summary>
internal sealed class Generation
{
    private List<string>? _tokens;

    private Generation(string text, string finishReason, int tokenCount, string? stopSequence)
    {
        StopSequence = stopSequence;
        Text = text;
        FinishReason = finishReason;
        TokenCount = tokenCount;
    }

    public string Text { get; }

    public string FinishReason { get; }

    public int TokenCount { get; }

    /// <summary>The stop sequence that ended the text; null for none.</summary>
    public string? StopSequence { get; }

    public List<string> TokenList => _tokens ??= Tokens.Split(Text);

    /// <summary>Cuts a text before the first stop sequence, then to a number of tokens.</summary>
    public static Generation Of(string text, IReadOnlyList<string> stops, int? maxTokens)
    {
        (text, string? stop) = BeforeStop(text, stops);
        int count = 0;
        for (int at = 0; at < text.Length; at = Tokens.Next(text, at))
        {
            if (count == maxTokens)
            {
                return new Generation(text.Substring(0, at), "length", count, null);
            }

            count++;
        }

        return new Generation(text, "stop", count, stop);
    }

    /// <summary>The n texts of a request: all but the first say which they are.</summary>
    public static string Numbered(string text, int index) => index == 0
        ? text
        : string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0} (choice {1})", text, index + 1);

    private static (string Text, string? Stop) BeforeStop(string text, IReadOnlyList<string> stops)
    {
        int end = text.Length;
        string? hit = null;
        foreach (string stop in stops)
        {
            int at = stop.Length == 0 ? -1 : text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && at < end)
            {
                end = at;
                hit = stop;
            }
        }

        return (end == text.Length ? text : text.Substring(0, end), hit);
    }
}
