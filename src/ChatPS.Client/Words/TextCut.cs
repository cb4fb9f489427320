namespace ChatPS.Client.Words;

/// <summary>Cuts texts into pieces of a limited length, which put together give the text.</summary>
internal static class TextCut
{
    /// <summary>Cuts a text at the ends of sentences; at a line end, a blank or between two characters where one sentence is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters (UTF-16) of a piece.</param>
    /// <returns>The pieces. A character, with all that it is made of, is in one piece, unless it alone is longer than a piece may be.</returns>
    public static IEnumerable<string> AtSentences(string text, int most)
    {
        int start = 0;
        while (text.Length - start > most)
        {
            int end = WholeCharacters(text, start, start + most);
            int place = SentenceEnds.Last(text, start, end) is { } sentence && sentence - start > most / 4 ? sentence : Blank(text, start, end) ?? end;

            // A mark can stand on a blank, too.
            end = WholeCharacters(text, start, place);
            yield return text.Substring(start, end - start);
            start = end;
        }

        yield return text.Substring(start);
    }

    /// <summary>Finds the last place up to which all characters are whole: none is in two parts, nor parted from its marks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">A place at which a character begins.</param>
    /// <param name="end">The place to stop at.</param>
    /// <returns>The place, behind <paramref name="start"/>.</returns>
    public static int WholeCharacters(string text, int start, int end)
    {
        if (end >= text.Length)
        {
            return text.Length;
        }

        int whole = start;
        while (Graphemes.Length(text, whole) is var length && whole + length <= end)
        {
            whole += length;
        }

        return whole > start ? whole : end - start > 1 && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    private static int? Blank(string text, int start, int end)
    {
        for (int place = end; place > start + ((end - start) / 4); place--)
        {
            if (char.IsWhiteSpace(text[place - 1]) && !(place < text.Length && char.IsWhiteSpace(text[place])))
            {
                return place;
            }
        }

        return null;
    }
}
