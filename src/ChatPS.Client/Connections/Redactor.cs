using ChatPS.Client.Faults;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>Takes secrets out of text that others wrote: services quote the key in errors, and some echo it in answers.</summary>
internal static class Redactor
{
    public static string Redact(string text, Secrets secrets) => text.Length == 0 ? text : secrets.Reveal().Aggregate(text, SecretValue.Mask);

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
}
