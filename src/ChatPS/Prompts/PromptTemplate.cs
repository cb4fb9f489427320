namespace ChatPS.Prompts;

/// <summary>A text with places for values: <c>{{Name}}</c>. <c>{{{{</c> stands for two braces.</summary>
internal sealed class PromptTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";

    private readonly List<Part> _parts = [];
    private readonly PromptSource _source;

    private PromptTemplate(PromptSource source) => _source = source;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, with line ends of one character.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="firstLine">The number of its first line.</param>
    /// <returns>The template.</returns>
    /// <exception cref="ChatServiceException">A placeholder is not well formed; it says where.</exception>
    public static PromptTemplate Parse(string text, PromptSource source, int firstLine)
    {
        PromptTemplate template = new(source);
        int line = firstLine;
        int at = 0;
        for (int open = text.IndexOf(Open, StringComparison.Ordinal); open >= 0; open = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            template.Add(text.Substring(at, open - at));
            line += Lines(text, at, open);
            if (string.CompareOrdinal(text, open, Open + Open, 0, 4) == 0)
            {
                template.Add(Open);
                at = open + 4;
                continue;
            }

            int close = text.IndexOf(Close, open, StringComparison.Ordinal);
            string name = close < 0 ? "" : text.Substring(open + 2, close - open - 2).Trim(' ', '\t');
            if (name.Length == 0 || name.IndexOfAny(['{', '}', '\n']) >= 0)
            {
                throw source.Fail(line, "'{{' begins no placeholder.", "Write a placeholder as {{Name}} in one line, and two braces that are meant as they stand as {{{{.");
            }

            template._parts.Add(new Part(name, line));
            at = close + 2;
        }

        template.Add(text.Substring(at));
        return template;
    }

    /// <summary>Puts the values in their places. A value is taken as it is: what looks like a placeholder in it is text.</summary>
    /// <param name="find">Finds the value for a name; null if there is none.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ChatServiceException">There is no value for a placeholder; it says which and where.</exception>
    public string Fill(Func<string, string?> find) => string.Concat(_parts.Select(part => part.Line == 0 ? part.Text : find(part.Text) ?? throw _source.Fail(
        part.Line, $"there is no value for {{{{{part.Text}}}}}.", $"Give -Variable @{{ {Quoted(part.Text)} = … }}, or pipe in objects with such a property. Two braces that are meant as they stand are written {{{{{{{{.")));

    private static string Quoted(string name) => name.All(char.IsLetter) ? name : $"'{name}'";

    private static int Lines(string text, int from, int to)
    {
        int lines = 0;
        for (int place = from; place < to; place++)
        {
            lines += text[place] == '\n' ? 1 : 0;
        }

        return lines;
    }

    private void Add(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add(new Part(text, 0));
        }
    }

    // Text, or the name of a placeholder with its line.
    private sealed record Part(string Text, int Line);
}
