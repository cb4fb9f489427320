namespace ChatPS.Client.Faults;

/// <summary>
/// Finds a phrase in what a service said, whatever the case. A * stands for a few words of the same sentence, such as a name;
/// a phrase after = is the whole text.
/// </summary>
internal static class Wording
{
    private const int LongestGap = 80;

    private static readonly string[] SentenceEnds = [". ", ": ", "; ", "\n"];

    public static bool IsIn(string text, string phrase)
    {
        text = text.Replace('\u2019', '\'');
        if (phrase[0] == '=')
        {
            return string.Equals(text.Trim(), phrase.Substring(1), StringComparison.OrdinalIgnoreCase);
        }

        string[] parts = phrase.Split('*');
        for (int start = Find(text, parts[0], 0); start >= 0; start = Find(text, parts[0], start + 1))
        {
            if (GoesOn(text, parts, start + parts[0].Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool GoesOn(string text, string[] parts, int end)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            int next = Find(text, parts[i], end);
            if (next < 0 || next - end > LongestGap || HasSentenceEnd(text.Substring(end, next - end)))
            {
                return false;
            }

            end = next + parts[i].Length;
        }

        return true;
    }

    private static bool HasSentenceEnd(string gap) => Array.Exists(SentenceEnds, end => gap.Contains(end, StringComparison.Ordinal));

    private static int Find(string text, string part, int start) =>
        start > text.Length ? -1 : text.IndexOf(part, start, StringComparison.OrdinalIgnoreCase);
}
