using System.Globalization;

namespace ChatPS.Client.Words;

/// <summary>What people see as one character: a letter with its accents, an emoji of several parts, the two signs of a line end.</summary>
internal static class Graphemes
{
    private const char Joiner = '\u200D';

    /// <summary>Finds the last place at or before another that lies between two characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">A place between two characters, at or before the other.</param>
    /// <param name="place">The other place.</param>
    /// <returns>The place; the start if there is none behind it.</returns>
    public static int Before(string text, int start, int place)
    {
        if (place >= text.Length)
        {
            return text.Length;
        }

        int from = place;
        while (from > start && !IsPlain(text, from))
        {
            from--;
        }

        int last = from;
        for (int next = from; next <= place && next < text.Length; next += Length(text, next))
        {
            last = next;
        }

        return last;
    }

    /// <summary>The length of the character at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The place, within the text.</param>
    /// <returns>How many UTF-16 units it has.</returns>
    public static int Length(string text, int place)
    {
#if NET8_0_OR_GREATER
        return StringInfo.GetNextTextElementLength(text, place);
#else
        int end = place;
        if (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n')
        {
            return 2;
        }

        // .NET Framework knows accents, but not what emoji are made of.
        do
        {
            end += StringInfo.GetNextTextElement(text, end).Length;
            end += IsFlag(text, end - 2) && IsFlag(text, end) ? 2 : 0;
            while (end < text.Length && (text[end] is Joiner or '\uFE0F' || IsModifier(text, end)))
            {
                end += text[end] is Joiner or '\uFE0F' ? 1 : 2;
            }
        }
        while (end < text.Length && text[end - 1] == Joiner);
        return end - place;
#endif
    }

    // Between two of these nothing can belong together.
    private static bool IsPlain(string text, int place) => text[place - 1] < '\u0300' && text[place] < '\u0300' && !(text[place - 1] == '\r' && text[place] == '\n');

#if !NET8_0_OR_GREATER
    private static bool IsFlag(string text, int place) => place >= 0 && place + 1 < text.Length && text[place] == '\uD83C' && text[place + 1] is >= '\uDDE6' and <= '\uDDFF';

    private static bool IsModifier(string text, int place) => place + 1 < text.Length
        && ((text[place] == '\uD83C' && text[place + 1] is >= '\uDFFB' and <= '\uDFFF') || (text[place] == '\uDB40' && char.IsLowSurrogate(text[place + 1])));
#endif
}
