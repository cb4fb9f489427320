using System.Globalization;

namespace ChatPS.Client.Usage;

/// <summary>
/// About how many tokens text has, by its letters: common words are one token, signs of Chinese and Japanese and syllables of
/// Korean about one each, and words of other scripts a token for two or three letters.
/// </summary>
internal static class TextTokens
{
    /// <summary>Estimates the tokens of text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The tokens; 0 for none.</returns>
    public static int Estimate(string? text)
    {
        long tokens = 0;
        for (int i = 0; i < text?.Length;)
        {
            i = Next(text, i, out int more);
            tokens += more;
        }

        return (int)Math.Min(int.MaxValue, tokens);
    }

    /// <summary>Goes on by a word, a sign, a number, a blank or punctuation. The tokens of a text are those of its steps.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the step begins, within the text.</param>
    /// <param name="tokens">About how many tokens it has.</param>
    /// <returns>Where it ends.</returns>
    public static int Next(string text, int start, out int tokens)
    {
        char first = text[start];
        int end = start + 1;
        if (char.IsHighSurrogate(first))
        {
            // An emoji, a rare sign.
            end = Math.Min(text.Length, start + 2);
            tokens = 2;
        }
        else if (IsSign(first))
        {
            tokens = 1;
        }
        else if (char.IsLetter(first) || IsMark(first))
        {
            bool isPlain = true;
            for (end = start; end < text.Length && (char.IsLetter(text[end]) || IsMark(text[end])) && !IsSign(text[end]); end++)
            {
                isPlain &= text[end] < 0x80;
            }

            // A word, with the blank before it.
            tokens = (int)Math.Ceiling((end - start) / (isPlain ? 8.0 : LettersPerToken(first)));
        }
        else if (char.IsDigit(first))
        {
            end = EndOf(text, start, char.IsDigit);
            tokens = (int)Math.Ceiling((end - start) / 3.0);
        }
        else if (char.IsWhiteSpace(first))
        {
            // One blank belongs to the word behind it.
            end = EndOf(text, start, char.IsWhiteSpace);
            tokens = end - start == 1 && first == ' ' ? 0 : 1;
        }
        else if (!IsPunctuation(first))
        {
            // The second half of something whose first is missing.
            tokens = 1;
        }
        else
        {
            // Signs often stand together, as in JSON.
            end = EndOf(text, start, IsPunctuation);
            tokens = (int)Math.Ceiling((end - start) / 3.0);
        }

        return end;
    }

    private static int EndOf(string text, int start, Func<char, bool> belongs)
    {
        int end = start;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return end;
    }

    // Latin letters with accents, Greek, Cyrillic, Hebrew, Arabic; and the scripts of South and South-East Asia behind them.
    private static double LettersPerToken(char letter) => letter switch
    {
        < '\u0250' => 4,
        < '\u0700' => 3,
        _ => 2,
    };

    private static bool IsPunctuation(char character) => !char.IsLetterOrDigit(character) && !char.IsWhiteSpace(character) && !char.IsSurrogate(character) && !IsSign(character) && !IsMark(character);

    private static bool IsMark(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Han, Kana, Hangul.
    private static bool IsSign(char character) => character is (>= '\u1100' and <= '\u11FF') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F');
}
