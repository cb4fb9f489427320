using System.Text.Encodings.Web;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>Takes a known secret out of text, in the forms in which others write it.</summary>
internal static class SecretValue
{
    private const string Masked = SecretText.Masked;
    private const int ShortestSecret = 4;

    // The text of an answer that is quoted ends with it where it was cut: perhaps in the midst of a secret.
    private const char Cut = '\u2026';

    /// <summary>Masks it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secret">The secret; one that is too short to be one stays.</param>
    /// <returns>The text; the same where the secret is not in it.</returns>
    public static string Mask(string text, string secret)
    {
        if (secret.Length < ShortestSecret)
        {
            return text;
        }

        text = ReplaceCut(Replace(text, secret), secret);
        if (secret.All(c => c is '-' or '_' or '.' || char.IsLetterOrDigit(c)))
        {
            return text;
        }

        // JSON that has not been read may write other characters, such as + and /, in another form.
        return Replace(Replace(text, JavaScriptEncoder.Default.Encode(secret)), secret.Replace("/", "\\/", StringComparison.Ordinal));
    }

    private static string ReplaceCut(string text, string secret)
    {
        for (int at = text.IndexOf(Cut); at >= 0; at = text.IndexOf(Cut, at + 1))
        {
            for (int length = Math.Min(at, secret.Length - 1); length >= ShortestSecret; length--)
            {
                if (string.CompareOrdinal(text, at - length, secret, 0, length) == 0)
                {
                    text = text.Substring(0, at - length) + Masked + text.Substring(at);
                    at += Masked.Length - length;
                    break;
                }
            }
        }

        return text;
    }

    private static string Replace(string text, string secret) =>
        text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, Masked, StringComparison.Ordinal) : text;
}
