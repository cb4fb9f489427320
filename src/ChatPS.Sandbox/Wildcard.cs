namespace ChatPS.Sandbox;

/// <summary>Patterns with <c>*</c> and <c>?</c>, ignoring case.</summary>
internal static class Wildcard
{
    /// <summary>Whether a text matches; no pattern matches any text.</summary>
    public static bool IsMatch(string? pattern, string? text)
    {
        if (pattern is null)
        {
            return true;
        }

        text ??= "";
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
