using System.Text;
using System.Text.RegularExpressions;

namespace ChatPS.ModuleBuilder;

/// <summary>The part of Markdown that the pages use, as plain text.</summary>
internal static partial class Markdown
{
    public static bool IsFence(string line) => line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    public static bool IsListItem(string line) => ListItem().IsMatch(line);

    // Notes to the tests, not to readers.
    private static bool IsComment(string line) => line.TrimStart().StartsWith("<!--", StringComparison.Ordinal) && line.TrimEnd().EndsWith("-->", StringComparison.Ordinal);

    /// <summary>Paragraphs with their line breaks removed. List items are paragraphs of their own; so is a block of code, with its lines.</summary>
    public static List<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var open = new StringBuilder();
        var code = new List<string>();
        var (fence, skip) = (false, false);

        foreach (var line in lines)
        {
            if (IsFence(line))
            {
                Close();
                if (code.Count > 0)
                {
                    paragraphs.Add(string.Join('\n', code));
                    code.Clear();
                }

                fence = !fence;
                // The metadata blocks of platyPS: the assembly knows better.
                skip = fence && line.Trim() is "```yaml" or "```yml";
            }
            else if (fence)
            {
                if (!skip)
                {
                    code.Add(line.TrimEnd());
                }
            }
            else if (string.IsNullOrWhiteSpace(line) || IsComment(line))
            {
                Close();
            }
            else
            {
                if (IsListItem(line))
                {
                    Close();
                }

                open.Append(open.Length == 0 ? "" : " ").Append(line.Trim());
            }
        }

        Close();
        return paragraphs;

        void Close()
        {
            if (open.Length > 0)
            {
                paragraphs.Add(Plain(open.ToString()));
                open.Clear();
            }
        }
    }

    /// <summary>Text without marks. Code keeps its characters; a link to the web keeps its address.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        var at = 0;
        foreach (Match code in Code().Matches(text))
        {
            plain.Append(WithoutMarks(text[at..code.Index])).Append(code.Groups["code"].Value);
            at = code.Index + code.Length;
        }

        return plain.Append(WithoutMarks(text[at..])).ToString();
    }

    public static IEnumerable<HelpLink> Links(IEnumerable<string> lines) =>
        lines.SelectMany(line => Link().Matches(line)).Select(match =>
        {
            var uri = match.Groups["uri"].Value;
            return new HelpLink(Plain(match.Groups["text"].Value), IsWeb(uri) ? uri : "");
        });

    /// <summary>The places in another file that are linked to.</summary>
    public static IEnumerable<string> Anchors(IEnumerable<string> lines, string file) =>
        lines.SelectMany(line => Link().Matches(line)).Select(match => match.Groups["uri"].Value.Split('#')).Where(uri => uri.Length == 2 && uri[0] == file).Select(uri => uri[1]);

    private static string WithoutMarks(string text)
    {
        text = Link().Replace(text, match => IsWeb(match.Groups["uri"].Value) && match.Groups["text"].Value != match.Groups["uri"].Value
            ? $"{match.Groups["text"].Value} ({match.Groups["uri"].Value})"
            : match.Groups["text"].Value);
        text = Emphasis().Replace(text, "${text}");
        return Escape().Replace(text, "${character}");
    }

    private static bool IsWeb(string uri) => uri.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<ticks>`+)(?<code>.+?)\k<ticks>", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<uri>[^)\s]*)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*\\])(?<mark>\*\*|\*)(?=[^\s*])(?<text>[^*]*?[^\s*])\k<mark>(?![\w*])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"\\(?<character>[\\`*_{}\[\]()#+\-.!<>|])", RegexOptions.None, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"^\s*([-*+]|\d+\.)\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListItem();
}
