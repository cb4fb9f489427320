using System.Text.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>
/// The sandbox's idea of a token: a word, a punctuation mark, or one Chinese, Japanese or Korean character, with the
/// white space before it. The tokens of a text put together give the text.
/// </summary>
internal static class Tokens
{
    /// <summary>What an image costs.</summary>
    public const int PerImage = 85;

    public static int Count(string text)
    {
        int count = 0;
        for (int at = 0; at < text.Length; at = Next(text, at))
        {
            count++;
        }

        return count;
    }

    /// <summary>Counts the tokens of JSON, whose quotation marks real tokenizers put together with what stands beside them.</summary>
    public static int Count(JsonElement json) => Count(json.GetRawText().Replace("\"", "", StringComparison.Ordinal));

    public static List<string> Split(string text)
    {
        List<string> tokens = [];
        for (int at = 0; at < text.Length;)
        {
            int end = Next(text, at);
            tokens.Add(text.Substring(at, end - at));
            at = end;
        }

        return tokens;
    }

    /// <summary>Where the token that begins at a position ends.</summary>
    public static int Next(string text, int start)
    {
        int at = start;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return at;
        }

        if (!IsWord(text[at]))
        {
            bool isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            return at + (isPair ? 2 : 1);
        }

        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        return at;
    }

    // Letters from Hangul Jamo, kana and the Han blocks on stand alone.
    private static bool IsWord(char c) => c == '_' || (char.IsLetterOrDigit(c) && c is < '\u1100' or (> '\u11ff' and < '\u2e80'));
}
