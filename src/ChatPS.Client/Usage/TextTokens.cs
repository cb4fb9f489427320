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
        double tokens = 0;
        for (int i = 0; i < text?.Length;)
        {
            char first = text[i];
            int end = i + 1;
            if (char.IsHighSurrogate(first))
            {
                // An emoji, a rare sign.
                end = Math.Min(text.Length, i + 2);
                tokens += 2;
            }
            else if (IsSign(first))
            {
                tokens++;
            }
            else if (char.IsLetter(first) || IsMark(first))
            {
                bool isPlain = true;
                for (end = i; end < text.Length && (char.IsLetter(text[end]) || IsMark(text[end])) && !IsSign(text[end]); end++)
                {
                    isPlain &= text[end] < 0x80;
                }

                // A word, with the blank before it.
                tokens += Math.Ceiling((end - i) / (isPlain ? 8.0 : LettersPerToken(first)));
            }
            else if (char.IsDigit(first))
            {
                end = EndOf(text, i, char.IsDigit);
                tokens += Math.Ceiling((end - i) / 3.0);
            }
            else if (char.IsWhiteSpace(first))
            {
                // One blank belongs to the word behind it.
                end = EndOf(text, i, char.IsWhiteSpace);
                tokens += end - i == 1 && first == ' ' ? 0 : 1;
            }
            else if (!IsPunctuation(first))
            {
                // The second half of something whose first is missing.
                tokens++;
            }
            else
            {
                // Signs often stand together, as in JSON.
                end = EndOf(text, i, IsPunctuation);
                tokens += Math.Ceiling((end - i) / 3.0);
            }

            i = end;
        }

        return (int)Math.Min(int.MaxValue, Math.Ceiling(tokens));
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
