using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

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
        Show($"{request.Method} sends", content is not FileBody && (type is null or "application/json" || type.StartsWith("text/", StringComparison.Ordinal)) ? await content.ReadAsStringAsync() : $"[{type}]", call);
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
        string safe = Redactor.Clean(body, call.Secrets);
        string shown = Printable.Text(safe.Length > MostShown ? safe.Substring(0, MostShown) : safe);
        string rest = safe.Length > MostShown ? FormattableString.Invariant($" … ({safe.Length} characters in all)") : "";
        debug($"{what}{call.ItemMark}: {shown}{rest}");
    }
}
