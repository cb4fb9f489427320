using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatPS.Prompts;

/// <summary>
/// Reads the lines between <c>---</c> and <c>---</c> at the top of a prompt file, a small part of YAML: <c>key: value</c> with
/// numbers, booleans, quoted and plain text, lists as <c>[a, b]</c> or lines with <c>- item</c>, and text of several lines below <c>|</c>.
/// </summary>
internal sealed class FrontMatter
{
    private const string Fence = "---";
    private const string Form = "Write key: value. Put text with special characters into quotes, and text of several lines below key: |";

    // What has a meaning in YAML that there is none for here.
    private const string Reserved = "{}]>&*!%@`,?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Regex KeyLine = new(@"^(?<key>[A-Za-z][A-Za-z0-9_-]*)\s*:(?:\s+(?<value>.*))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
    private static readonly Regex Whole = new("^[-+]?[0-9]+$", RegexOptions.CultureInvariant, Patience);
    private static readonly Regex Fraction = new(@"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    private readonly string[] _lines;
    private readonly PromptSource _source;
    private readonly List<FrontMatterEntry> _entries = [];
    private int _at;

    private FrontMatter(string[] lines, PromptSource source)
    {
        _lines = lines;
        _source = source;
    }

    /// <summary>Gets what is set, in the order of the file.</summary>
    public IReadOnlyList<FrontMatterEntry> Entries => _entries;

    /// <summary>Gets the text below.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Gets the line where the text below begins, from 1.</summary>
    public int BodyLine { get; private set; } = 1;

    /// <summary>Reads a text. One that does not begin with <c>---</c> has no front matter.</summary>
    /// <param name="text">The text, with line ends of one character.</param>
    /// <param name="source">Where it comes from.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="ChatServiceException">A line cannot be read; it says which.</exception>
    public static FrontMatter Read(string text, PromptSource source)
    {
        FrontMatter matter = new(text.Split('\n'), source);
        if (IsFence(matter._lines[0]))
        {
            matter.ReadEntries();
        }

        matter.Body = string.Join("\n", matter._lines.Skip(matter._at));
        matter.BodyLine = matter._at + 1;
        return matter;
    }

    private static bool IsFence(string line) => line.TrimEnd() == Fence;

    private static bool IsSkipped(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#');

    private void ReadEntries()
    {
        for (_at = 1; _at < _lines.Length; _at++)
        {
            if (IsFence(_lines[_at]))
            {
                _at++;
                return;
            }

            if (!IsSkipped(_lines[_at]))
            {
                ReadEntry();
            }
        }

        throw _source.Fail(1, "the front matter does not end.", "Write --- on a line of its own below it.");
    }

    private void ReadEntry()
    {
        int line = _at + 1;
        string text = _lines[_at];
        if (char.IsWhiteSpace(text[0]))
        {
            throw _source.Fail(line, "the line is indented, but belongs to no text or list.", "Begin keys at the start of the line; keys within keys are not known here.");
        }

        Match match = KeyLine.Match(text.TrimEnd());
        if (!match.Success)
        {
            throw _source.Fail(line, $"'{text.Trim()}' is no key: value.", Form);
        }

        string key = match.Groups["key"].Value;
        if (_entries.Find(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)) is { } earlier)
        {
            throw _source.Fail(line, FormattableString.Invariant($"'{key}' is set for the second time; the first is in line {earlier.Line}."), "Leave out one of the two.");
        }

        string value = match.Groups["value"].Value.Trim();
        _entries.Add(value switch
        {
            "|" or "|-" => new FrontMatterEntry(key, [ReadBlock(value == "|-")], IsList: false, line, line + 1),
            "" => new FrontMatterEntry(key, ReadItems(key), IsList: true, line, line + 1),
            _ when value[0] == '#' => new FrontMatterEntry(key, ReadItems(key), IsList: true, line, line + 1),
            _ when value[0] == '[' => new FrontMatterEntry(key, new ScalarReader(value, line, _source).ReadList(), IsList: true, line, line),
            _ => new FrontMatterEntry(key, [new ScalarReader(value, line, _source).ReadOnly()], IsList: false, line, line),
        });
    }

    private FrontMatterScalar ReadBlock(bool isStripped)
    {
        List<string> block = [];
        int indent = 0;
        while (_at + 1 < _lines.Length)
        {
            string next = _lines[_at + 1];
            int own = next.Length - next.TrimStart(' ').Length;
            bool isBlank = string.IsNullOrWhiteSpace(next);
            if (!isBlank && own < Math.Max(1, indent))
            {
                break;
            }

            indent = indent == 0 && !isBlank ? own : indent;
            block.Add(isBlank ? (own > indent && indent > 0 ? next.Substring(indent) : "") : next.Substring(indent));
            _at++;
        }

        if (block.TrueForAll(string.IsNullOrWhiteSpace))
        {
            throw _source.Fail(_at + 1, "there is no text below '|'.", "Indent the text by two spaces.");
        }

        string text = string.Join("\n", block).TrimEnd('\n') + (isStripped ? "" : "\n");
        return new FrontMatterScalar(text, text);
    }

    private List<FrontMatterScalar> ReadItems(string key)
    {
        int line = _at + 1;
        List<FrontMatterScalar> items = [];
        while (_at + 1 < _lines.Length && !IsFence(_lines[_at + 1]))
        {
            string next = _lines[_at + 1].Trim();
            if (IsSkipped(next))
            {
                _at++;
                continue;
            }

            if (next[0] != '-' || next.Length < 3 || !char.IsWhiteSpace(next[1]))
            {
                break;
            }

            _at++;
            items.Add(new ScalarReader(next.Substring(1).Trim(), _at + 1, _source).ReadOnly());
        }

        return items.Count > 0 ? items : throw _source.Fail(line, $"'{key}' has no value.", "Write a value, items as '- item' in the lines below, or leave the key out.");
    }

    // One value after the other, from the left.
    private sealed class ScalarReader(string text, int line, PromptSource source)
    {
        private int _at;

        public FrontMatterScalar ReadOnly()
        {
            FrontMatterScalar scalar = Read(isInList: false);
            EndLine();
            return scalar;
        }

        public List<FrontMatterScalar> ReadList()
        {
            List<FrontMatterScalar> items = [];
            _at = 1;
            while (true)
            {
                SkipBlanks();
                if (items.Count == 0 && Peek() == ']')
                {
                    break;
                }

                items.Add(Read(isInList: true));
                SkipBlanks();
                if (Peek() != ',')
                {
                    break;
                }

                _at++;
            }

            if (Peek() != ']')
            {
                throw source.Fail(line, "the list does not end.", "Write [a, b] in one line, or items as '- item' in lines of their own.");
            }

            _at++;
            EndLine();
            return items;
        }

        private FrontMatterScalar Read(bool isInList) => Peek() switch
        {
            '"' => Quoted(ReadDouble()),
            '\'' => Quoted(ReadSingle()),
            _ => ReadPlain(isInList),
        };

        private static FrontMatterScalar Quoted(string value) => new(value, value);

        private FrontMatterScalar ReadPlain(bool isInList)
        {
            int end = isInList ? text.IndexOfAny([',', ']'], _at) : text.Length;
            end = end < 0 ? text.Length : end;
            int comment = text.IndexOf(" #", _at, StringComparison.Ordinal);
            end = comment >= 0 && comment < end ? comment : end;
            string plain = text.Substring(_at, end - _at).Trim();
            _at = end;
            if (plain.Length == 0 || plain is "~" or "null")
            {
                throw source.Fail(line, "there is no value.", "Write one, or leave the key out; \"\" is empty text.");
            }

            if (Reserved.Contains(plain[0], StringComparison.Ordinal) || plain[0] is '|' or '[')
            {
                throw source.Fail(line, $"'{plain}' begins with '{plain[0]}', which has a meaning of its own in YAML that is not known here.", Form);
            }

            return new FrontMatterScalar(Meaning(plain), plain);
        }

        private static object Meaning(string plain)
        {
            if (plain is "true" or "True" or "TRUE")
            {
                return true;
            }

            if (plain is "false" or "False" or "FALSE")
            {
                return false;
            }

            if (Whole.IsMatch(plain) && long.TryParse(plain, NumberStyles.Integer, CultureInfo.InvariantCulture, out long whole))
            {
                return whole;
            }

            return Fraction.IsMatch(plain) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsInfinity(number) ? number : plain;
        }

        private string ReadSingle()
        {
            StringBuilder value = new();
            for (_at++; _at < text.Length; _at++)
            {
                if (text[_at] == '\'')
                {
                    _at++;
                    if (Peek() != '\'')
                    {
                        return value.ToString();
                    }
                }

                value.Append(text[_at]);
            }

            throw Unclosed();
        }

        private string ReadDouble()
        {
            StringBuilder value = new();
            for (_at++; _at < text.Length; _at++)
            {
                char c = text[_at];
                if (c == '"')
                {
                    _at++;
                    return value.ToString();
                }

                value.Append(c == '\\' ? ReadEscape() : c);
            }

            throw Unclosed();
        }

        private char ReadEscape()
        {
            _at++;
            switch (Peek())
            {
                case '"': return '"';
                case '\\': return '\\';
                case '/': return '/';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u' when _at + 4 < text.Length && ushort.TryParse(text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit):
                    _at += 4;
                    return (char)unit;
                default:
                    throw source.Fail(line, $"'\\{Peek()}' is not known in text between double quotes.", "Use \\\" \\\\ \\n \\r \\t or \\u with four digits, or single quotes, which take everything as it is.");
            }
        }

        private char Peek() => _at < text.Length ? text[_at] : '\0';

        private void SkipBlanks()
        {
            while (char.IsWhiteSpace(Peek()))
            {
                _at++;
            }
        }

        private void EndLine()
        {
            SkipBlanks();
            if (_at < text.Length && text[_at] != '#')
            {
                throw source.Fail(line, $"'{text.Substring(_at)}' stands behind the value.", Form);
            }
        }

        private ChatServiceException Unclosed() => source.Fail(line, "a quote is not closed.", "Close it in the same line; text of several lines goes below key: |");
    }
}
