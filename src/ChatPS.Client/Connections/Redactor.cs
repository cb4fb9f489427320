using System.Text.Encodings.Web;
using ChatPS.Client.Faults;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>Takes secrets out of text that others wrote: services quote the key in errors, and some echo it in answers.</summary>
internal static class Redactor
{
    private const string Mask = SecretText.Masked;
    private const int ShortestSecret = 4;

    // The text of an answer that is quoted ends with it where it was cut: perhaps in the midst of a secret.
    private const char Cut = '\u2026';

    public static string Redact(string text, Secrets secrets) => text.Length == 0 ? text : secrets.Reveal().Aggregate(text, Redact);

    public static string? RedactOptional(string? text, Secrets secrets) => text is null ? null : Redact(text, secrets);

    /// <summary>Takes out of a text for people what a call must not show, and whatever else looks like a secret.</summary>
    /// <param name="text">The text.</param>
    /// <param name="secrets">The secrets of the call.</param>
    /// <returns>What may be shown.</returns>
    public static string Clean(string text, Secrets secrets) => SecretText.Mask(Redact(text, secrets));

    /// <summary>Drops an inner exception whose text quotes a secret, or that carries the request or the answer whole.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="secrets">The secrets.</param>
    /// <returns>The exception, what caused it, or null.</returns>
    public static Exception? Clean(Exception? exception, Secrets secrets)
    {
        if (CarriedException.Of(exception) is not { } plain)
        {
            return null;
        }

        string text = plain.ToString();
        return ReferenceEquals(Clean(text, secrets), text) ? plain : null;
    }

    public static string Redact(string text, string secret)
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
                    text = text.Substring(0, at - length) + Mask + text.Substring(at);
                    at += Mask.Length - length;
                    break;
                }
            }
        }

        return text;
    }

    private static string Replace(string text, string secret) =>
        text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, Mask, StringComparison.Ordinal) : text;
}
