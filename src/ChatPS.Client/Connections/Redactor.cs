using System.Text.Encodings.Web;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Connections;

/// <summary>Takes secrets out of text that others wrote: services quote the key in errors, and some echo it in answers.</summary>
internal static class Redactor
{
    private const string Mask = "****";
    private const int ShortestSecret = 4;

    public static string Redact(string text, Secrets secrets) => text.Length == 0 ? text : secrets.Reveal().Aggregate(text, Redact);

    public static string? RedactOptional(string? text, Secrets secrets) => text is null ? null : Redact(text, secrets);

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
        return ReferenceEquals(Redact(text, secrets), text) ? plain : null;
    }

    public static string Redact(string text, string secret)
    {
        if (secret.Length < ShortestSecret)
        {
            return text;
        }

        text = Replace(text, secret);
        if (secret.All(c => c is '-' or '_' or '.' || char.IsLetterOrDigit(c)))
        {
            return text;
        }

        // JSON that has not been read may write other characters, such as + and /, in another form.
        return Replace(Replace(text, JavaScriptEncoder.Default.Encode(secret)), secret.Replace("/", "\\/", StringComparison.Ordinal));
    }

    private static string Replace(string text, string secret) =>
        text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, Mask, StringComparison.Ordinal) : text;
}
