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
        return secret.Length >= ShortestSecret && text.Contains(secret, StringComparison.Ordinal)
            ? text.Replace(secret, Mask, StringComparison.Ordinal)
            : text;
    }

    /// <summary>Drops an inner exception whose text quotes the key.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="key">The key.</param>
    /// <returns>The exception, or null.</returns>
    public static Exception? Clean(Exception? exception, ApiKey? key)
    {
        if (exception is null || key is null)
        {
            return exception;
        }

        string text = exception.ToString();
        return ReferenceEquals(Redact(text, key), text) ? exception : null;
    }
}
