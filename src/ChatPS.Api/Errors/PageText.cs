using System.Net;
using System.Text;

namespace ChatPS.Api.Errors;

/// <summary>The short text of a page that a proxy or a web server put in place of an answer.</summary>
internal static class PageText
{
    private const int MaxRead = 64 * 1024;
    private const int MaxText = 300;

    public static bool IsPage(string text) => text.TrimStart().StartsWith("<", StringComparison.Ordinal);

    /// <summary>The title of a web page, else its text without tags; plain text as it is. White space is folded, and the rest after 300 characters cut.</summary>
    public static string Shorten(string text)
    {
        if (text.Length > MaxRead)
        {
            text = text.Substring(0, MaxRead);
        }

        if (IsPage(text))
        {
            var title = Between(text, "<title", "</title");
            text = WebUtility.HtmlDecode(title.Length > 0 ? title : WithoutTags(text));
        }

        return Cut(Fold(text));
    }

    private static string Between(string page, string opening, string closing)
    {
        var start = page.IndexOf(opening, StringComparison.OrdinalIgnoreCase);
        var from = start < 0 ? -1 : page.IndexOf('>', start) + 1;
        var end = from <= 0 ? -1 : page.IndexOf(closing, from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : page.Substring(from, end - from).Trim();
    }

    private static string WithoutTags(string page)
    {
        var text = new StringBuilder();
        var position = 0;
        while (position < page.Length)
        {
            var tag = page.IndexOf('<', position);
            if (tag < 0)
            {
                text.Append(page, position, page.Length - position);
                break;
            }

            text.Append(page, position, tag - position).Append(' ');
            position = EndOf(page, tag);
        }

        return text.ToString();
    }

    private static int EndOf(string page, int tag)
    {
        foreach (var (opening, closing) in new[] { ("<!--", "-->"), ("<script", "</script"), ("<style", "</style") })
        {
            if (string.Compare(page, tag, opening, 0, opening.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                var end = page.IndexOf(closing, tag, StringComparison.OrdinalIgnoreCase);
                return end < 0 ? page.Length : After('>', end + closing.Length - 1);
            }
        }

        return After('>', tag);

        int After(char character, int start)
        {
            var end = page.IndexOf(character, start);
            return end < 0 ? page.Length : end + 1;
        }
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                folded.Append(character);
            }
            else if (folded.Length > 0 && folded[folded.Length - 1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxText)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return text.Substring(0, length) + "…";
    }
}
