using System.Globalization;
using System.Text;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Calls;

/// <summary>Shows bodies to whoever debugs: without secrets, shortened, and without what moves the cursor of a screen.</summary>
internal static class CallBodies
{
    private const int MostShown = 8 * 1024;

    /// <summary>Shows what is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">The call.</param>
    /// <returns>Done when it is shown.</returns>
    public static async Task ShowAsync(HttpRequestMessage request, CallContext call)
    {
        if (request.Content is not { } content)
        {
            return;
        }

        string? type = content.Headers.ContentType?.MediaType;
        Show($"{request.Method} sends", type is null or "application/json" || type.StartsWith("text/", StringComparison.Ordinal) ? await content.ReadAsStringAsync() : $"[{type}]", call);
    }

    /// <summary>Shows a body.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="body">The body.</param>
    /// <param name="call">The call.</param>
    public static void Show(string what, string body, CallContext call)
    {
        if (call.Settings.Debug is not { } debug)
        {
            return;
        }

        // Secrets go before the end does: half a key is one, too.
        string safe = Redactor.Redact(body, call.Secrets);
        string shown = Printable(safe.Length > MostShown ? safe.Substring(0, MostShown) : safe);
        string rest = safe.Length > MostShown ? FormattableString.Invariant($" … ({safe.Length} characters in all)") : "";
        debug($"{call.Prefix}{what}: {shown}{rest}");
    }

    private static string Printable(string text)
    {
        StringBuilder line = new(text.Length);
        for (int place = 0; place < text.Length; place++)
        {
            char c = text[place];
            UnicodeCategory kind = CharUnicodeInfo.GetUnicodeCategory(text, place);
            bool isHidden = kind is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && c is not ('\n' or '\t');
            bool isPair = char.IsHighSurrogate(c) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]);
            foreach (char each in isPair ? text.Substring(place, 2) : text.Substring(place, 1))
            {
                _ = isHidden ? line.Append("\\u").Append(((int)each).ToString("x4", CultureInfo.InvariantCulture)) : line.Append(each);
            }

            place += isPair ? 1 : 0;
        }

        return line.ToString();
    }
}
