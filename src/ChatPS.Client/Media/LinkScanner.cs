using System.Text.RegularExpressions;

namespace ChatPS.Client.Media;

/// <summary>Finds pictures, sound and files that a text links to or holds: markdown, HTML, plain addresses and <c>data:</c>.</summary>
internal static class LinkScanner
{
    private static readonly Regex Address = new(
        @"data:[a-z]+/[\w.+-]+(?:;[\w.=-]+)*;base64,[A-Za-z0-9+/=_%-]+|https?://[^\s<>""'()\[\]\\]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    /// <summary>Finds them.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address of each, what is said of it, and its kind.</returns>
    public static IEnumerable<(string Url, string Label, string Kind)> Find(string text)
    {
        if (text.IndexOf(':') < 0)
        {
            yield break;
        }

        foreach (Match match in Address.Matches(text))
        {
            string url = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', '*', '_', '`');
            (bool isPicture, string label) = Before(text, match.Index);
            if ((isPicture ? "image" : KindOf(url)) is { } kind)
            {
                yield return (url, label, kind);
            }
        }
    }

    /// <summary>Tells what an address leads to, by its type or its ending.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The kind; null where nothing shows that it is a file.</returns>
    public static string? KindOf(string url)
    {
        if (DataAddress.Is(url))
        {
            return KindOfType(url.Substring("data:".Length));
        }

        string path = url.Split('?', '#')[0];
        return System.IO.Path.GetExtension(path.Substring(path.LastIndexOf('/') + 1)).ToLowerInvariant() switch
        {
            ".png" or ".jpg" or ".jpeg" or ".webp" or ".gif" or ".svg" => "image",
            ".mp3" or ".wav" or ".ogg" or ".opus" or ".flac" or ".m4a" or ".aac" => "audio",
            ".mp4" or ".webm" or ".mov" => "video",
            ".pdf" or ".zip" or ".csv" or ".xlsx" or ".docx" or ".pptx" => "file",
            _ => null,
        };
    }

    /// <summary>Tells what a media type is.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The kind.</returns>
    public static string KindOfType(string? type) => type?.Split('/')[0].Trim().ToLowerInvariant() switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        _ => "file",
    };

    // Markdown writes ![what it shows](address), HTML <img src="address">.
    private static (bool IsPicture, string Label) Before(string text, int at)
    {
        int end = at > 0 && text[at - 1] == '<' ? at - 1 : at;
        if (end >= 2 && text[end - 1] == '(' && text[end - 2] == ']')
        {
            int start = text.LastIndexOf('[', end - 2, Math.Min(end - 1, 1000));
            return start < 0 ? (false, "") : (start > 0 && text[start - 1] == '!', text.Substring(start + 1, end - 3 - start));
        }

        int tag = at > 0 ? text.LastIndexOf('<', at - 1, Math.Min(at, 300)) : -1;
        return (tag >= 0 && string.Compare(text, tag, "<img", 0, 4, StringComparison.OrdinalIgnoreCase) == 0 && text.IndexOf('>', tag, at - tag) < 0, "");
    }
}
