namespace ChatPS.Client.Words;

/// <summary>Finds where sentences end, in scripts that leave blanks between them and in those that do not.</summary>
internal static class SentenceEnds
{
    private const string Stops = ".!?…";
    private const string WideStops = "。！？｡．‼⁇⁈⁉";
    private const string Closers = "\"'”’»)]}」』）】》〉";

    /// <summary>Whether a sentence ends at a place. The white space behind it belongs to it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The place: how many characters stand before it.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsAt(string text, int place)
    {
        if (place <= 0 || place > text.Length || (place < text.Length && (char.IsWhiteSpace(text[place]) || IsAttached(text[place]))))
        {
            return false;
        }

        int end = place;
        int lines = 0;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
            lines += text[end] == '\n' ? 1 : 0;
        }

        if (lines > 1)
        {
            return true;
        }

        bool isApart = end < place || place == text.Length;
        while (end > 0 && Closers.Contains(text[end - 1]))
        {
            end--;
        }

        if (end == 0)
        {
            return false;
        }

        char last = text[end - 1];
        return WideStops.Contains(last)
            || (isApart && Stops.Contains(last) && !(last == '.' && IsShortened(text, end - 1, place)));
    }

    /// <summary>Finds the last place in a part of a text at which a sentence ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">The last place that counts.</param>
    /// <returns>The place, behind <paramref name="start"/>; null where there is none.</returns>
    public static int? Last(string text, int start, int end)
    {
        for (int place = end; place > start; place--)
        {
            if (IsAt(text, place))
            {
                return place;
            }
        }

        return null;
    }

    // What still belongs to the sentence before it.
    private static bool IsAttached(char letter) => Closers.Contains(letter) || Stops.Contains(letter) || WideStops.Contains(letter);

    // The point of "e.g. this", "J. Smith" and "3. May" ends no sentence.
    private static bool IsShortened(string text, int point, int next)
    {
        if (next < text.Length && char.IsLower(text[next]))
        {
            return true;
        }

        int start = point;
        while (start > 0 && char.IsLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        string word = text.Substring(start, point - start);
        return next < text.Length && ((word.Length == 1 && char.IsLetter(word[0])) || (word.Length is 1 or 2 && word.All(char.IsDigit)));
    }
}
