using System.Text;

namespace ChatPS.Client.Faults;

/// <summary>
/// The form in which a host shows what a model or a server wrote: without what steers a terminal or hides from the eye. The
/// objects keep the text as it came.
/// </summary>
public static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>Makes a text safe to show, with its lines and tabs.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with a replacement character for each that is not shown.</returns>
    public static string Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsSafe(text, i))
            {
                return Replace(text, i);
            }
        }

        return text;
    }

    /// <summary>Makes a text safe to show on one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters; what is longer ends with an ellipsis.</param>
    /// <returns>The text, with a blank for each run of line ends and blanks.</returns>
    public static string Line(string text, int most = int.MaxValue)
    {
        StringBuilder line = new(Math.Min(text.Length, 256));
        foreach (char c in Text(text))
        {
            if (!char.IsWhiteSpace(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[line.Length - 1] != ' ')
            {
                line.Append(' ');
            }

            if (line.Length > most)
            {
                int end = most - 1;
                return line.ToString(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end) + "…";
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string Replace(string text, int start)
    {
        StringBuilder safe = new(text, 0, start, text.Length);
        for (int i = start; i < text.Length; i++)
        {
            if (IsSafe(text, i))
            {
                safe.Append(text[i]);
            }
            else
            {
                safe.Append(Replacement);
                i += IsTag(text, i) ? 1 : 0;
            }
        }

        return safe.ToString();
    }

    // The same set as that of the views: eng/ModuleBuilder/PrintableCells.cs.
    private static bool IsSafe(string text, int i) => text[i] switch
    {
        '\t' or '\n' => true,
        '\r' => i + 1 < text.Length && text[i + 1] == '\n',
        < ' ' or (>= '\u007F' and <= '\u009F') => false,
        < '\u2028' => true,
        <= '\u202E' or (>= '\u2066' and <= '\u2069') or '\uFEFF' => false,
        '\uDB40' => !IsTag(text, i),
        _ => true,
    };

    // Characters of plane 14 that no eye sees and a model reads.
    private static bool IsTag(string text, int i) => text[i] == '\uDB40' && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
}
