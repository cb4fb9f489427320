using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Typed;

/// <summary>Reads the one-line form of a schema: <c>name, age int, tags string[], severity (low|medium|high), due date?</c>.</summary>
/// <remarks>
/// <code>
/// schema      = fields | object suffixes
/// fields      = field { ("," | ";" | new line) field }
/// field       = name [ type ] suffixes [ range ] [ description ]
/// type        = word | choice | [ "object" ] object
/// word        = string | int | number | bool | date | datetime | time | duration | guid | uri | email | any
/// choice      = "(" value { "|" value } ")"
/// object      = "{" fields "}"
/// suffixes    = { "[]" | "?" }
/// range       = [ number ] ".." [ number ]
/// description = quoted text | ":" text up to the next separator or bracket
/// name, value = letters, digits, "_" and "-" (a value: anything but "|" and ")") | quoted text
/// </code>
/// A field without a type is a string. Suffixes are read from left to right: <c>int?[]</c> is a list of numbers that may be null,
/// <c>int[]?</c> a list that may be null. A range bounds a number, the length of a string, or the count of a list. A choice of
/// whole numbers is a number. Quotes are single or double; a doubled quote stands for one.
/// </remarks>
internal sealed class SchemaText
{
    private const int DeepestNesting = 15;
    private const string TypeNames = "string, int, number, bool, date, datetime, time, duration, guid, uri, email, any, (a|b|c) or { fields }";

    private static readonly string[] TypeWords = ["string", "int", "integer", "number", "bool", "boolean", "date", "datetime", "time", "duration", "guid", "uri", "email", "any"];

    private readonly string _text;
    private int _position;
    private int _level;

    private SchemaText(string text) => _text = text;

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool IsAtEnd => _position >= _text.Length;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The one-line form.</param>
    /// <returns>The schema; of an object, or of a list of objects.</returns>
    /// <exception cref="ChatServiceException">The text is not in this form; the message shows where.</exception>
    public static Dictionary<string, object?> Parse(string text) => new SchemaText(text).ParseAll();

    private Dictionary<string, object?> ParseAll()
    {
        Skip(lines: true);
        Dictionary<string, object?> schema = Current == '{' ? Suffixes(Object()) : Fields();
        Skip(lines: true);
        return IsAtEnd ? schema : throw Error(_position, $"'{Current}' stands where a comma or the end is expected");
    }

    private Dictionary<string, object?> Object()
    {
        if (++_level > DeepestNesting)
        {
            throw Error(_position, $"objects are nested more than {DeepestNesting} deep");
        }

        int start = _position++;
        Dictionary<string, object?> schema = Fields();
        if (Current != '}')
        {
            throw IsAtEnd ? Error(start, "this { has no }") : Error(_position, $"'{Current}' stands where a comma or }} is expected");
        }

        _position++;
        _level--;
        return schema;
    }

    private Dictionary<string, object?> Fields()
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        do
        {
            Skip(lines: true);
            if (fields.Count > 0 && (IsAtEnd || Current == '}'))
            {
                break;
            }

            int start = _position;
            string name = Name();
            fields[name] = names.Add(name) ? Field() : throw Error(start, $"the name '{name}' stands there twice");
        }
        while (Separator());
        return SchemaParts.Object(fields);
    }

    private Dictionary<string, object?> Field()
    {
        Skip();
        Dictionary<string, object?> schema = Suffixes(Type());
        Range(schema);
        return SchemaParts.Describe(schema, Description());
    }

    private string Name()
    {
        string name = Current is '"' or '\'' ? Quoted() : Word();
        return name.Length > 0 ? name
            : throw Error(_position, IsAtEnd ? "the name of a field is expected, but the text ends" : $"'{Current}' stands where the name of a field is expected");
    }

    private string Word()
    {
        int start = _position;
        while (char.IsLetterOrDigit(Current) || Current is '_' or '-' || char.IsSurrogate(Current))
        {
            _position++;
        }

        return _text.Substring(start, _position - start);
    }

    private Dictionary<string, object?> Type()
    {
        if (Current == '{')
        {
            return Object();
        }

        if (Current == '(')
        {
            return Choice();
        }

        int start = _position;
        if (!char.IsLetter(Current))
        {
            return SchemaParts.Of("string");
        }

        string word = Word();
        Skip();
        return word.ToLowerInvariant() switch
        {
            "string" or "text" => SchemaParts.Of("string"),
            "int" or "integer" or "long" => SchemaParts.Of("integer"),
            "number" or "double" or "decimal" or "float" => SchemaParts.Of("number"),
            "bool" or "boolean" or "switch" => SchemaParts.Of("boolean"),
            "date" => Formatted("date"),
            "datetime" => Formatted("date-time"),
            "time" => Formatted("time"),
            "duration" or "timespan" => Formatted("duration"),
            "guid" or "uuid" => Formatted("uuid"),
            "uri" or "url" => Formatted("uri"),
            "email" => Formatted("email"),
            "any" => SchemaParts.AnyScalar(),
            "object" when Current == '{' => Object(),
            "object" => throw Error(_position, "the fields of the object are expected, for example { name, age int }"),
            _ => throw Error(start, $"'{word}' is not a type; expected is {TypeNames}"),
        };
    }

    private static Dictionary<string, object?> Formatted(string format) => SchemaParts.Of("string", ("format", format));

    private Dictionary<string, object?> Choice()
    {
        int start = _position;
        List<string> values = [];
        do
        {
            _position++;
            Skip(lines: true);
            int at = _position;
            string value = Current is '"' or '\'' ? Quoted() : Value();
            Skip(lines: true);
            values.Add(value.Length == 0 ? throw Error(at, "a value is expected") : values.Contains(value) ? throw Error(at, $"the value '{value}' stands there twice") : value);
        }
        while (Current == '|');

        if (Current != ')')
        {
            throw IsAtEnd ? Error(start, "this ( has no )") : Error(_position, $"'{Current}' stands where | or ) is expected");
        }

        _position++;
        return values.TrueForAll(value => IsWhole(value))
            ? SchemaParts.Of("integer", ("enum", values.Select(value => (object?)long.Parse(value, CultureInfo.InvariantCulture)).Distinct().ToList()))
            : SchemaParts.Of("string", ("enum", values.ToList<object?>()));
    }

    private static bool IsWhole(string value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private string Value()
    {
        int start = _position;
        while (!IsAtEnd && Current is not ('|' or ')'))
        {
            _position++;
        }

        return _text.Substring(start, _position - start).Trim();
    }

    private Dictionary<string, object?> Suffixes(Dictionary<string, object?> schema)
    {
        while (true)
        {
            Skip();
            if (Current == '?')
            {
                _position++;
                schema = SchemaParts.Nullable(schema);
            }
            else if (Current == '[')
            {
                int start = _position++;
                Skip();
                if (Current != ']')
                {
                    throw Error(start, "[] is expected; how many items there are is said by a range: tags string[] 1..5");
                }

                _position++;
                schema = SchemaParts.List(schema);
            }
            else
            {
                return schema;
            }
        }
    }

    private void Range(Dictionary<string, object?> schema)
    {
        int start = _position;
        bool isOpen = Current == '.';
        if (!isOpen && !char.IsDigit(Current) && Current != '-')
        {
            return;
        }

        decimal? least = isOpen ? null : Number();
        if (_position + 1 >= _text.Length || Current != '.' || _text[_position + 1] != '.')
        {
            throw Error(start, "a range is expected, for example 0..10");
        }

        _position += 2;
        decimal? most = char.IsDigit(Current) || Current == '-' ? Number() : null;
        (string minimum, string maximum) = Bounds(schema, start);
        if ((least is null && most is null) || least > most)
        {
            throw Error(start, "the range is empty; a range reads 0..10, 1.. or ..10");
        }

        bool counts = minimum != "minimum" || TypeOf(schema) == "integer";
        if (counts && ((least ?? 0) % 1 != 0 || (most ?? 0) % 1 != 0 || (minimum != "minimum" && (least < 0 || most < 0))))
        {
            throw Error(start, minimum == "minimum" ? "the range of an int takes whole numbers" : "a count takes whole numbers from 0 up");
        }

        Bound(schema, minimum, least);
        Bound(schema, maximum, most);
        Skip();
    }

    private (string Minimum, string Maximum) Bounds(Dictionary<string, object?> schema, int start) =>
        schema.ContainsKey("enum") || schema.ContainsKey("format") ? throw Error(start, "a choice or a date takes no range")
        : TypeOf(schema) switch
        {
            "integer" or "number" => ("minimum", "maximum"),
            "string" => ("minLength", "maxLength"),
            "array" => ("minItems", "maxItems"),
            _ => throw Error(start, "only numbers, strings and lists take a range"),
        };

    private static string? TypeOf(Dictionary<string, object?> schema) => schema.TryGetValue("type", out object? type)
        ? type as string ?? (type as List<object?>)?[0] as string
        : null;

    private static void Bound(Dictionary<string, object?> schema, string keyword, decimal? limit)
    {
        if (limit is { } number)
        {
            schema[keyword] = number % 1 == 0 && Math.Abs(number) <= long.MaxValue ? (long)number : number;
        }
    }

    // A point that another follows is the range's.
    private decimal Number()
    {
        int start = _position;
        _position += Current == '-' ? 1 : 0;
        while (char.IsDigit(Current) || (Current == '.' && _position + 1 < _text.Length && char.IsDigit(_text[_position + 1])))
        {
            _position++;
        }

        return decimal.TryParse(_text.Substring(start, _position - start), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw Error(start, "a number is expected");
    }

    private string? Description()
    {
        Skip();
        if (Current is '"' or '\'')
        {
            return Quoted();
        }

        if (Current != ':')
        {
            return null;
        }

        _position++;
        Skip();
        if (Current is '"' or '\'')
        {
            return Quoted();
        }

        int start = _position;
        while (!IsAtEnd && Current is not (',' or ';' or '}' or '\n' or '\r'))
        {
            _position++;
        }

        string description = _text.Substring(start, _position - start).Trim();
        return Array.IndexOf(TypeWords, description.TrimEnd('?', '[', ']')) < 0
            ? description
            : throw Error(start, $"behind a colon stands a description; write the type '{description}' without the colon");
    }

    private string Quoted()
    {
        int start = _position;
        char quote = _text[_position++];
        while (!IsAtEnd && (Current != quote || (_position + 1 < _text.Length && _text[_position + 1] == quote)))
        {
            _position += Current == quote ? 2 : 1;
        }

        if (IsAtEnd)
        {
            throw Error(start, "this quote is not closed");
        }

        string doubled = new(quote, 2);
        return _text.Substring(start + 1, _position++ - start - 1).Replace(doubled, quote.ToString(), StringComparison.Ordinal);
    }

    private bool Separator()
    {
        Skip();
        bool found = Current is '\n' or '\r';
        Skip(lines: true);
        if (Current is ',' or ';')
        {
            _position++;
            found = true;
        }

        return found;
    }

    private void Skip(bool lines = false)
    {
        while (!IsAtEnd && char.IsWhiteSpace(Current) && (lines || Current is not ('\n' or '\r')))
        {
            _position++;
        }
    }

    private ChatServiceException Error(int position, string problem)
    {
        int start = position == 0 ? 0 : _text.LastIndexOf('\n', Math.Min(position, _text.Length) - 1) + 1;
        int end = _text.IndexOf('\n', start);
        string line = _text.Substring(start, (end < 0 ? _text.Length : end) - start).TrimEnd('\r').Replace('\t', ' ');
        return Failures.Invalid(
            FormattableString.Invariant($"-OutputSchema, at character {position + 1}: {problem}.{Environment.NewLine}{line}{Environment.NewLine}{new string(' ', position - start)}^"),
            "Write for example 'name, age int, tags string[], severity (low|medium|high), due date?', or give JSON Schema.");
    }
}
