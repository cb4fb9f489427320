using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Conversion;

namespace ChatPS.Typed;

/// <summary>The form that an answer is asked for in: its schema, and how the object that was asked for is built of an answer.</summary>
internal sealed class AnswerSchema
{
    private const int LongestName = 64;
    private const string ListWrapper = "items";
    private const string ValueWrapper = "value";
    private const int LongestPath = 1000;
    private static readonly string[] Telling = ["type", "properties", "items", "enum", "const", "$ref", "anyOf", "oneOf", "allOf", "not", "required", "additionalProperties", "patternProperties", "prefixItems"];
    private static readonly string[] Types = ["object", "array", "string", "integer", "number", "boolean", "null"];
    private static readonly string[] RootKeywords = ["$schema", "$defs", "definitions"];

    private static readonly ConditionalWeakTable<Type, AnswerSchema> Cache = new();

    private readonly string? _type;
    private readonly string? _wrapper;
    private readonly Func<object?, object?> _convert;

    private AnswerSchema(string name, IReadOnlyDictionary<string, object?> schema, string? type, string? wrapper, Func<object?, object?> convert)
    {
        _type = type;
        Name = name;
        Schema = schema;
        _wrapper = wrapper;
        _convert = convert;
    }

    /// <summary>What the schema is called: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public string Name { get; }

    /// <summary>The schema, whose root is an object: services take no other.</summary>
    public IReadOnlyDictionary<string, object?> Schema { get; }

    /// <summary>Whether an answer is a list, whose items are the results.</summary>
    public bool IsList => _wrapper == ListWrapper;

    /// <summary>The schema of a type; looked up the second time.</summary>
    /// <param name="type">The type: a class, a value or an array of one.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ChatServiceException">The type cannot be told in JSON or cannot be built.</exception>
    public static AnswerSchema OfType(Type type) => Cache.TryGetValue(type, out AnswerSchema? known) ? known : Cache.GetValue(type, Create);

    /// <summary>The schema that a user gives: the one-line form, JSON Schema, the path of a file of either, or a hashtable.</summary>
    /// <param name="schema">What the user gave.</param>
    /// <param name="readFile">Reads the file at a path, and gives null if there is none; null where no file may be read.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ChatServiceException">It is none of these.</exception>
    public static AnswerSchema Of(object schema, Func<string, string?>? readFile)
    {
        object bare = Bare.Of(schema)!;
        return bare switch
        {
            string text => OfText(text, readFile),
            Type type => OfType(type),
            IDictionary or PSObject or IReadOnlyDictionary<string, object?> => OfJson(PlainObject.From(bare) as Dictionary<string, object?> ?? throw NoSchema(), Custom),
            _ => throw Failures.Invalid($"-OutputSchema is a {bare.GetType().Name}.", "Give the one-line form, JSON Schema as text or as a hashtable, or the path of a file."),
        };
    }

    /// <summary>Reads the form of answers that another process asked for.</summary>
    /// <param name="kept">What <see cref="ToPlain"/> has made.</param>
    /// <param name="type">The type, if it is given again; else it is found by its name.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ChatServiceException">The type is not in this session, or it is another one.</exception>
    public static AnswerSchema OfPlain(IReadOnlyDictionary<string, object?> kept, Type? type)
    {
        if (kept.TryGetValue(nameof(type), out object? given) && given is string typeName)
        {
            type ??= LanguagePrimitives.TryConvertTo(typeName, CultureInfo.InvariantCulture, out Type? found) ? found : throw Failures.Invalid($"The answers are to be of type '{typeName}', which this session does not know.", "Load what the type is in, and give it with -OutputType.");
        }

        return type is not null ? OfType(type) : OfRoot((string)kept["name"]!, (IReadOnlyDictionary<string, object?>)kept["schema"]!, kept["wrapper"] as string, Custom);
    }

    /// <summary>Tells what another process needs to build the objects.</summary>
    /// <returns>Plain values.</returns>
    public Dictionary<string, object?> ToPlain() => new(StringComparer.Ordinal) { ["name"] = Name, ["schema"] = Schema, ["wrapper"] = _wrapper, ["type"] = _type };

    /// <summary>Builds the object that was asked for.</summary>
    /// <param name="value">The answer as plain dictionaries, lists and values.</param>
    /// <returns>The object; of a list the array or collection.</returns>
    /// <exception cref="ChatServiceException">The answer does not fit.</exception>
    public object? Convert(object? value)
    {
        if (_wrapper is null)
        {
            return _convert(value);
        }

        return value is Dictionary<string, object?> members && members.TryGetValue(_wrapper, out object? inner)
            ? _convert(inner)
            : throw new ChatServiceException(ErrorIds.BadResponse, $"(root): '{_wrapper}' is missing.", "Ask again, for example with -RepairAttempt 1.");
    }

    /// <summary>A type's name as services take it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Letters, digits and <c>_</c>.</returns>
    public static string NameOf(Type type)
    {
        string name = type.IsArray ? NameOf(type.GetElementType()!) + "_list"
            : type.IsGenericType ? $"{type.Name.Split('`')[0]}_{string.Join("_", type.GetGenericArguments().Select(NameOf))}"
            : type.Name;
        StringBuilder safe = new();
        foreach (char c in name.Take(LongestName))
        {
            safe.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' ? c : '_');
        }

        return safe.ToString();
    }

    internal static AnswerSchema OfText(string text, Func<string, string?>? readFile) => OfText(text, readFile, Custom);

    internal static AnswerSchema OfText(string text, Func<string, string?>? readFile, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> make)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            throw Failures.Invalid("-OutputSchema is empty.", "Give for example 'name, age int', JSON Schema, or the path of a file.");
        }

        if (IsPath(trimmed))
        {
            string? content = readFile?.Invoke(trimmed);
            if (content is { Length: > 0 } && !IsPath(content.Trim()))
            {
                return OfText(content, readFile, make);
            }

            if (trimmed.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            {
                throw readFile is null
                    ? Failures.Invalid($"-OutputSchema: '{trimmed}' is a file, and a session or a prompt file names none.", "Give -OutputSchema to Invoke-ChatCompletion itself, or write the schema in place of the path.")
                    : Failures.Invalid($"-OutputSchema: there is no file '{trimmed}', or no schema in it.", "Give the path of a file with JSON Schema in it.");
            }
        }

        if (!IsJson(trimmed))
        {
            return OfJson(SchemaText.Parse(text), make);
        }

        return !PlainJsonReader.TryRead(trimmed, out object? value, out string? error) ? throw Failures.Invalid($"-OutputSchema is {error}", "Mend the JSON, or use the one-line form: 'name, age int'.")
            : OfJson(value as IReadOnlyDictionary<string, object?> ?? throw NoSchema(), make);
    }

    internal static AnswerSchema OfJson(IReadOnlyDictionary<string, object?> schema, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> make)
    {
        if (schema.Count == 0)
        {
            throw NoSchema();
        }

        if (!schema.Keys.Any(keyword => Array.IndexOf(Telling, keyword) >= 0) || (schema.TryGetValue("type", out object? told) && told is string word && Array.IndexOf(Types, word) < 0))
        {
            throw Failures.Invalid(
                $"-OutputSchema is no JSON Schema: {(schema.ContainsKey("type") ? $"'{schema["type"]}' is not a type" : $"it has the members {string.Join(", ", schema.Keys.Take(5))}, and none that says what the answer is")}.",
                "Give JSON Schema, such as @{ type = 'object'; properties = @{ age = @{ type = 'integer' } } }, or the one-line form: 'name, age int'.");
        }

        string? type = schema.TryGetValue("type", out object? own) ? own as string : schema.ContainsKey("properties") ? "object" : null;
        string? wrapper = type switch { "object" => null, "array" => ListWrapper, _ => ValueWrapper };
        IReadOnlyDictionary<string, object?> root = wrapper is null ? schema : Wrap(schema, wrapper);
        return OfRoot("answer", root, wrapper, make);
    }

    private static AnswerSchema OfRoot(string name, IReadOnlyDictionary<string, object?> root, string? wrapper, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> make)
    {
        IReadOnlyDictionary<string, object?> inner = wrapper is null ? root : (IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)root["properties"]!)[wrapper]!;
        SchemaObject converter = new(root, make);
        return new AnswerSchema(name, root, type: null, wrapper, value => converter.Convert(value, inner));
    }

    private static AnswerSchema Create(Type type)
    {
        string? wrapper = WrapperOf(type);
        return new AnswerSchema(NameOf(type), TypeSchema.Of(type, wrapper), type.FullName, wrapper, value => TypedAnswer.Convert(value, type, wrapper is null ? "" : "/" + wrapper));
    }

    private static string? WrapperOf(Type type) => Nullable.GetUnderlyingType(type) is not null ? ValueWrapper : TypeContract.Of(type, $"[{type.Name}]") switch
    {
        { Form: TypeForm.Object } => null,
        { Form: TypeForm.List } => ListWrapper,
        _ => ValueWrapper,
    };

    // References count from the root, which is another one now; definitions move there with it.
    private static Dictionary<string, object?> Wrap(IReadOnlyDictionary<string, object?> schema, string wrapper)
    {
        Dictionary<string, object?> inner = new(StringComparer.Ordinal);
        Dictionary<string, object?> moved = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> keyword in schema)
        {
            (Array.IndexOf(RootKeywords, keyword.Key) >= 0 ? moved : inner)[keyword.Key] = Redirect(keyword.Value, wrapper, keyword.Key);
        }

        Dictionary<string, object?> root = SchemaParts.Object(wrapper, inner);
        foreach (KeyValuePair<string, object?> keyword in moved)
        {
            root[keyword.Key] = keyword.Value;
        }

        return root;
    }

    private static object? Redirect(object? value, string wrapper, string keyword) => value switch
    {
        string reference when keyword == "$ref" && reference.StartsWith('#') && !reference.StartsWith("#/$defs/", StringComparison.Ordinal) && !reference.StartsWith("#/definitions/", StringComparison.Ordinal) =>
            $"#/properties/{wrapper}{reference.Substring(1)}",
        IReadOnlyDictionary<string, object?> members => members.ToDictionary(member => member.Key, member => Redirect(member.Value, wrapper, member.Key), StringComparer.Ordinal),
        IReadOnlyList<object?> items => items.Select(item => Redirect(item, wrapper, "")).ToList(),
        _ => value,
    };

    private static PSObject Custom(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        PSObject made = new();
        foreach (KeyValuePair<string, object?> member in members)
        {
            if (member.Key.Length == 0 || made.Properties[member.Key] is not null)
            {
                throw new ChatServiceException(
                    ErrorIds.BadResponse, $"The answer has a property '{member.Key}' that an object of PowerShell cannot have beside the others.", "Name properties so that they differ by more than case.");
            }

            made.Properties.Add(new PSNoteProperty(member.Key, member.Value));
        }

        return made;
    }

    // In the one-line form too there are points and slashes: what the file system does not know is no path.
    private static bool IsPath(string text) =>
        text.Length <= LongestPath && !text.StartsWith('{') && text.IndexOfAny(['\r', '\n']) < 0 && text.IndexOfAny(['.', '/', '\\']) >= 0;

    private static bool IsJson(string text) => text.StartsWith('{') && text.Substring(1).TrimStart() is { Length: > 0 } rest && rest[0] is '"' or '}';

    private static ChatServiceException NoSchema() =>
        Failures.Invalid("-OutputSchema says nothing about the answer.", "Give JSON Schema with a type and properties, or the one-line form: 'name, age int'.");
}
