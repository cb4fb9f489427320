using System.Text.Encodings.Web;
using ChatPS.Api;
using Refit;

namespace ChatPS.Client;

/// <summary>Takes the key out of text that others wrote: services quote it in errors, and some echo it in answers.</summary>
internal static class Redactor
{
    private const string Mask = "****";
    private const int ShortestSecret = 4;

    public static string Redact(string text, ApiKey? key)
    {
        if (key is null || text.Length == 0)
        {
            return text;
        }

        string secret = key.Reveal();
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

    public static string? RedactOptional(string? text, ApiKey? key) => text is null ? null : Redact(text, key);

    /// <summary>Drops an inner exception whose text quotes the key, or that carries the request or the answer whole.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="key">The key.</param>
    /// <returns>The exception, what caused it, or null.</returns>
    public static Exception? Clean(Exception? exception, ApiKey? key)
    {
        while (exception is ApiException or WireFormatException)
        {
            exception = exception.InnerException;
        }

        if (exception is null || key is null)
        {
            return exception;
        }

        string text = exception.ToString();
        return ReferenceEquals(Redact(text, key), text) ? exception : null;
    }

    private static string Replace(string text, string secret) =>
        text.Contains(secret, StringComparison.Ordinal) ? text.Replace(secret, Mask, StringComparison.Ordinal) : text;
}
