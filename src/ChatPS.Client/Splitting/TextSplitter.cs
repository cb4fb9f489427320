using ChatPS.Client.Faults;
using ChatPS.Client.Usage;
using ChatPS.Client.Words;

namespace ChatPS.Client.Splitting;

/// <summary>
/// Cuts a text into pieces of so many tokens: at the last heading that fits, else at the last paragraph, sentence or word. Together
/// the pieces are the text. No cut goes through a character.
/// </summary>
public sealed class TextSplitter
{
    /// <summary>How many tokens a piece has at most, if nothing else is said.</summary>
    public const int UsualTokens = 400;

    /// <summary>The fewest tokens that a piece can be limited to.</summary>
    public const int LeastTokens = 16;

    // A paragraph or a sentence that ends in the first quarter of a piece would leave too little of it.
    private const int LeastShare = 4;

    private readonly int _most;
    private readonly int _overlap;

    /// <summary>Makes it.</summary>
    /// <param name="maxToken">How many tokens a piece has at most; null for 400.</param>
    /// <param name="overlap">How many tokens of a piece the next one repeats at most; null for a tenth.</param>
    /// <exception cref="ChatServiceException">They cannot be.</exception>
    public TextSplitter(int? maxToken, int? overlap)
    {
        _most = maxToken ?? UsualTokens;
        if (_most < LeastTokens)
        {
            throw Failures.Invalid($"-MaxToken is {_most}; a piece has at least {LeastTokens} tokens.", $"Give -MaxToken {LeastTokens} or more, or leave it out for {UsualTokens}.");
        }

        _overlap = overlap ?? (_most / 10);
        if (_overlap < 0 || _overlap > _most / 2)
        {
            throw Failures.Invalid($"-Overlap is {_overlap}; it must lie between 0 and half of -MaxToken ({_most}).", "Give -Overlap a value in that range, or leave it out for a tenth.");
        }
    }

    /// <summary>How good a place is to cut at.</summary>
    private enum Level
    {
        None,
        Character,
        Word,
        Sentence,
        Paragraph,
        Heading,
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isMarkdown">Whether its headings and blocks of code are those of Markdown; else it has none.</param>
    /// <returns>The pieces, each as it is asked for.</returns>
    public IEnumerable<TextPiece> Split(string text, bool isMarkdown = true)
    {
        MarkdownOutline outline = isMarkdown ? MarkdownOutline.Read(text) : new MarkdownOutline();
        int line = 1;
        int counted = 0;
        int start = 0;
        int end = 0;
        while (end < text.Length)
        {
            (int cut, int next, int tokens) = Cut(text, outline, start, end);
            if (cut <= end)
            {
                // What is repeated leaves no room for what comes.
                start = end;
                continue;
            }

            line += LinesBetween(text, counted, start);
            counted = start;
            yield return new TextPiece(start, cut - start, line, outline.PathOf(FirstVisible(text, start)), tokens);
            start = next;
            end = cut;
        }
    }

    // Where the piece that begins at start ends, behind what is done; where the next one begins; and its tokens.
    private (int Cut, int Next, int Tokens) Cut(string text, MarkdownOutline outline, int start, int done)
    {
        List<(int Place, int Tokens, Level Level)> places = [];
        int place = start;
        int tokens = 0;
        while (place < text.Length)
        {
            int next = TextTokens.Next(text, place, out int more);
            if (tokens + more > _most)
            {
                break;
            }

            place = next;
            tokens += more;
            if (LevelOf(text, outline, start, place) is var level and not Level.None)
            {
                places.Add((place, tokens, level));
            }
        }

        if (place == text.Length)
        {
            return (place, place, tokens);
        }

        int best = Best(places, done);
        if (best >= 0)
        {
            return (places[best].Place, NextStart(places, best), places[best].Tokens);
        }

        return start < done ? (done, done, 0) : Force(text, start, TextTokens.Next(text, place, out _));
    }

    private int Best(List<(int Place, int Tokens, Level Level)> places, int done)
    {
        int best = -1;
        for (int i = places.Count - 1; i >= 0 && places[i].Place > done; i--)
        {
            bool isEarly = places[i].Level is Level.Sentence or Level.Paragraph && places[i].Tokens < _most / LeastShare;
            Level level = isEarly ? Level.Word : places[i].Level;
            if (best < 0 || level > places[best].Level)
            {
                best = i;
            }
        }

        return best;
    }

    // What is repeated begins with a sentence, else with a word. Nothing is repeated across a heading.
    private int NextStart(List<(int Place, int Tokens, Level Level)> places, int cut)
    {
        int start = cut;
        for (int i = cut - 1; i >= 0 && places[cut].Level != Level.Heading && places[cut].Tokens - places[i].Tokens <= _overlap; i--)
        {
            if (places[i].Level >= Level.Sentence || (places[i].Level == Level.Word && (start == cut || places[start].Level < Level.Sentence)))
            {
                start = i;
            }

            if (places[i].Level == Level.Heading)
            {
                break;
            }
        }

        return places[start].Place;
    }

    // A word that is longer than a piece, or one without blanks: as many characters as fit, but not what would leave blanks alone.
    private (int Cut, int Next, int Tokens) Force(string text, int start, int limit)
    {
        int low = start;
        int high = limit;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            (low, high) = Tokens(text, start, middle) <= _most ? (middle, high) : (low, middle - 1);
        }

        int cut = Graphemes.Before(text, start, low);
        while (cut > start && (Tokens(text, start, cut) > _most || (cut < text.Length && char.IsWhiteSpace(text[cut]))))
        {
            cut = Graphemes.Before(text, start, cut - 1);
        }

        if (cut == start)
        {
            cut = start + Graphemes.Length(text, start);
            while (cut < text.Length && char.IsWhiteSpace(text[cut]))
            {
                cut++;
            }

            cut = Graphemes.Before(text, start, cut) is var whole && whole > start ? whole : cut;
        }

        return (cut, cut, Tokens(text, start, cut));
    }

    private static Level LevelOf(string text, MarkdownOutline outline, int start, int place)
    {
        if (place >= text.Length || char.IsWhiteSpace(text[place]) || Graphemes.Before(text, start, place) != place || IsBlank(text, start, place))
        {
            return Level.None;
        }

        // Data about the text would say little alone: it goes with what follows it.
        if (place == outline.Begin && start < place)
        {
            return Level.Paragraph;
        }

        int heading = outline.LastHeading(place);
        if (heading >= 0 && outline.Headings[heading].Start == FirstOfLine(text, place))
        {
            // Of headings that follow each other the first begins the piece.
            bool follows = heading > 0 && outline.Headings[heading - 1].End >= outline.Headings[heading].Start && outline.Headings[heading - 1].Start >= start;
            return outline.Headings[heading].Start + IndentAt(text, outline.Headings[heading].Start) == place && !follows ? Level.Heading : Level.Character;
        }

        if (heading >= 0 && place <= outline.Headings[heading].End)
        {
            return Level.Character;
        }

        (int lines, bool hasBlank) = BlanksBefore(text, place);
        bool isCode = outline.IsCode(place);
        return lines > 1 && !isCode ? Level.Paragraph
            : (lines > 0 && (isCode || BeginsLine(text, place))) || SentenceEnds.IsAt(text, place) ? Level.Sentence
            : hasBlank ? Level.Word
            : Level.Character;
    }

    // An item of a list, a row of a table, a quotation.
    private static bool BeginsLine(string text, int place)
    {
        if (text[place] is '|' or '>' || (text[place] is '-' or '*' or '+' && place + 1 < text.Length && text[place + 1] == ' '))
        {
            return true;
        }

        int digit = place;
        while (digit < text.Length && text[digit] is >= '0' and <= '9')
        {
            digit++;
        }

        return digit > place && digit + 1 < text.Length && text[digit] is '.' or ')' && text[digit + 1] == ' ';
    }

    private static (int Lines, bool HasBlank) BlanksBefore(string text, int place)
    {
        int lines = 0;
        int last = place - 1;
        for (; last >= 0 && char.IsWhiteSpace(text[last]); last--)
        {
            lines += text[last] == '\n' || (text[last] == '\r' && (last + 1 == text.Length || text[last + 1] != '\n')) ? 1 : 0;
        }

        return (lines, last < place - 1);
    }

    private static bool IsBlank(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start == end;
    }

    private static int FirstVisible(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    private static int FirstOfLine(string text, int place)
    {
        while (place > 0 && text[place - 1] is ' ' or '\t')
        {
            place--;
        }

        return place;
    }

    private static int IndentAt(string text, int start)
    {
        int place = start;
        while (place < text.Length && text[place] is ' ' or '\t')
        {
            place++;
        }

        return place - start;
    }

    private static int LinesBetween(string text, int start, int end)
    {
        int lines = 0;
        for (int i = start; i < end; i++)
        {
            lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : 0;
        }

        return lines;
    }

    private static int Tokens(string text, int start, int end) => TextTokens.Estimate(text.Substring(start, end - start));
}
