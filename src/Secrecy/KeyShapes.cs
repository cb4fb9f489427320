using System.Text.RegularExpressions;

namespace ChatPS.Secrecy;

/// <summary>What the keys of well-known services look like, wherever they stand.</summary>
internal static class KeyShapes
{
    private const int ShortestMarkedKey = 12;
    private const int ShortestLikelyKey = 20;

    private static readonly string[] Beginnings =
        ["sk-", "sk_", "gsk_", "xai-", "pk-", "key-", "AIza", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "hf_", "nvapi-", "pplx-", "xoxb-", "xoxp-", "AKIA", "ASIA", "ya29.", "eyJ"];

    // Long enough that no word of a text is taken for one.
    private static readonly Regex Known = new(
        """
        (?<![A-Za-z0-9])(
          (sk|pk|rk|gsk|key)[-_][A-Za-z0-9_-]{16,}
        | (xai|pplx|nvapi|tgp|fw|r8|tvly|glpat|xox[abeprs])[-_][A-Za-z0-9_-]{16,}
        | AIza[A-Za-z0-9_-]{30,}
        | gh[a-z]_[A-Za-z0-9]{20,}
        | github_pat_[A-Za-z0-9_]{20,}
        | hf_[A-Za-z0-9]{20,}
        | ya29\.[A-Za-z0-9_-]{20,}
        | (AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])
        | eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*
        )
        """,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        TimeSpan.FromSeconds(5));

    /// <summary>Whether a text that was given for something else looks like a key: such a text is not repeated.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it begins as keys do, or is as long and as mixed as they are.</returns>
    public static bool IsLikely(string text) =>
        IsMarked(text) || (text.Length >= ShortestLikelyKey && text.Any(char.IsDigit) && text.Any(char.IsLower) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>Whether a text begins as the keys of well-known services do.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is marked as a key.</returns>
    public static bool IsMarked(string text) =>
        text.Length >= ShortestMarkedKey && text.IndexOfAny([' ', '\t', '\n']) < 0 && Array.Exists(Beginnings, beginning => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    /// <summary>Masks the keys in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; the same where there is none.</returns>
    public static string Mask(string text) => Known.Replace(text, SecretText.Masked);
}
