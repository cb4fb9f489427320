using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Schemas;
using ChatPS.Conversion;
using ChatPS.Typed;

namespace ChatPS.Tools;

/// <summary>A command with all that is needed to offer it to a model and to call it.</summary>
internal sealed class ToolCommand
{
    private const int LongestAlternatives = 300;

    // Users hold the tool as plain data; what it calls, and with what, is none of the model's or a serializer's business.
    private static readonly ConditionalWeakTable<ChatTool, ToolCommand> Known = new();

    private readonly Dictionary<string, ToolParameter> _shown = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object?> _fixed = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _label;
    private readonly List<string> _sets;
    private readonly ToolSignature _signature;
    private readonly Lazy<SchemaValidator> _validator;

    private ToolCommand(CommandInfo command, string name, ToolOptions options)
    {
        Command = command;
        _label = IsNamed ? command.Name : name;
        _signature = ToolSignature.Of(command);
        Bind(options);
        Show(options);
        _sets = UsableSets(options);
        foreach (string hidden in _shown.Keys.Where(shown => !_sets.Exists(_shown[shown].Sets.Contains)).ToArray())
        {
            _shown.Remove(hidden);
        }

        Dictionary<string, object?> schema = Schema();
        _validator = new Lazy<SchemaValidator>(() => new SchemaValidator(schema, "-Tool"));
        Tool = new ChatTool
        {
            Name = name,
            Description = string.Join("\n", new[] { options.Description ?? _signature.Description ?? $"Runs {name}.", Alternatives() }.Where(text => text is not null)),
            Parameters = schema,
            FixedArguments = [.. _fixed.Keys],
            Command = ToolSignature.Block(command) is { } block && !IsNamed ? block.ToString().Trim() : command.Name,
            Timeout = options.Timeout,
            MaxOutputLength = options.MaxOutputLength,
            Strict = options.IsStrict,
        };
        Known.Add(Tool, this);
    }

    public ChatTool Tool { get; }

    public CommandInfo Command { get; }

    /// <summary>Whether the command has a name that others may call it by; a script block has none.</summary>
    public bool IsNamed => Command.Name != ToolReader.Nameless;

    /// <summary>Makes a tool of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">What is said of it.</param>
    /// <param name="standardName">The name where none is given.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="ChatServiceException">No model can call it; it says why.</exception>
    public static ToolCommand Create(CommandInfo command, ToolOptions options, string standardName)
    {
        string name = options.Name ?? Regex.Replace(standardName, "[^A-Za-z0-9_-]", "_", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Regex.IsMatch(name, @"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, TimeSpan.FromSeconds(1))
            ? new ToolCommand(command, name, options)
            : throw Failures.Invalid($"-Name is '{name}'; a tool's name has 1 to 64 letters, digits, '_' and '-'.", "Give such a name, for example Get-Disk.");
    }

    public static ToolCommand Of(ChatTool tool) => Known.TryGetValue(tool, out ToolCommand? command)
        ? command
        : throw Failures.Invalid($"-Tool: the tool '{tool.Name}' was not made by New-ChatTool in this process.", "Make it with New-ChatTool.");

    /// <summary>Writes the tool as services want it.</summary>
    /// <returns>Plain dictionaries and lists.</returns>
    public Dictionary<string, object?> Definition()
    {
        Dictionary<string, object?> function = new(StringComparer.Ordinal)
        {
            ["name"] = Tool.Name,
            ["description"] = Tool.Description,
            ["parameters"] = Tool.Strict ? StrictParameters() : Tool.Parameters,
        };
        if (Tool.Strict)
        {
            function["strict"] = true;
        }

        return new(StringComparer.Ordinal) { ["type"] = "function", ["function"] = function };
    }

    /// <summary>Reads what a model gave as arguments.</summary>
    /// <param name="json">The arguments as the model wrote them.</param>
    /// <returns>The arguments by the names of parameters, without those that are fixed: plain values that fit the schema.</returns>
    /// <exception cref="ToolArgumentException">The tool cannot take them; it tells the model why.</exception>
    public Dictionary<string, object?> Read(string json)
    {
        Dictionary<string, object?> arguments = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in Members(json))
        {
            if (!_shown.TryGetValue(member.Key, out ToolParameter? parameter))
            {
                throw new ToolArgumentException($"There is no argument '{member.Key}'. The arguments are: {string.Join(", ", _shown.Keys)}.");
            }

            if (arguments.ContainsKey(parameter.Name))
            {
                throw new ToolArgumentException($"The argument '{parameter.Name}' is given twice.");
            }

            // A null says that the model leaves it out; one value for a list is a list of one, as in PowerShell.
            if (member.Value is not null)
            {
                arguments[parameter.Name] = ToolValue.IsList(parameter.Type) && member.Value is not List<object?> ? new List<object?> { member.Value } : member.Value;
            }
        }

        IReadOnlyList<string> errors = _validator.Value.Validate(PlainJson.Write(arguments, "-Tool"));
        if (errors.Count > 0)
        {
            throw new ToolArgumentException("The arguments do not fit the schema. " + string.Join("; ", errors));
        }

        CheckSets(arguments.Keys);
        return arguments;
    }

    /// <summary>Makes of plain arguments what the command's parameters take. This may run code, such as constructors.</summary>
    /// <param name="arguments">What <see cref="Read"/> gave.</param>
    /// <returns>The arguments by the names of parameters.</returns>
    /// <exception cref="ToolArgumentException">The tool cannot take them; it tells the model why.</exception>
    public Dictionary<string, object?> Convert(IReadOnlyDictionary<string, object?> arguments)
    {
        try
        {
            return arguments.ToDictionary(argument => argument.Key, argument => ToolValue.Convert(argument.Value, _shown[argument.Key].Type, "/" + argument.Key), StringComparer.OrdinalIgnoreCase);
        }
        catch (ChatServiceException failure)
        {
            throw new ToolArgumentException(failure.Message);
        }
    }

    /// <summary>Puts a model's arguments and the fixed ones together.</summary>
    /// <param name="arguments">The model's.</param>
    /// <returns>What to call the command with.</returns>
    public Hashtable Splat(IReadOnlyDictionary<string, object?> arguments)
    {
        Hashtable splat = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object?> argument in arguments.Concat(_fixed))
        {
            splat[argument.Key] = argument.Value;
        }

        return splat;
    }

    private static Dictionary<string, object?> Members(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return [];
        }

        return !PlainJsonReader.TryRead(json, out object? value, out string? error)
            ? throw new ToolArgumentException($"The arguments are {error}")
            : value as Dictionary<string, object?> ?? throw new ToolArgumentException("The arguments are not a JSON object.");
    }

    private void Bind(ToolOptions options)
    {
        foreach (DictionaryEntry entry in options.FixedArguments ?? new Hashtable())
        {
            ToolParameter parameter = Require(PlainObject.Text(entry.Key), "-FixedArgument");
            if (_fixed.ContainsKey(parameter.Name))
            {
                throw Failures.Invalid($"-FixedArgument: '{parameter.Name}' is given twice.", "Give it once.");
            }

            _fixed[parameter.Name] = entry.Value;
        }
    }

    private void Show(ToolOptions options)
    {
        foreach (ToolParameter parameter in options.Parameters?.Select(name => Require(name, "-Parameter")) ?? _signature.Parameters)
        {
            if (options.Parameters is not null && _fixed.ContainsKey(parameter.Name))
            {
                throw Failures.Invalid($"-Parameter: '{parameter.Name}' is bound by -FixedArgument; the model cannot give it.", "Name it in one of the two.");
            }

            if (options.Parameters is not null && parameter.Problem is { } problem)
            {
                throw Failures.Invalid($"-Parameter: a model cannot fill -{parameter.Name} of '{_label}': {problem}.", $"Bind it with -FixedArgument @{{ {parameter.Name} = … }}, or leave it out.");
            }

            if (parameter.Problem is null && !_fixed.ContainsKey(parameter.Name))
            {
                _shown[parameter.Name] = parameter;
            }
        }
    }

    private ToolParameter Require(string name, string origin) => _signature.Find(name) ?? throw Failures.Invalid(
        $"{origin}: '{_label}' has no parameter '{name}'.",
        _signature.Parameters.Count == 0 ? "It has none at all." : $"It has {string.Join(", ", _signature.Parameters.Select(parameter => parameter.Name))}.");

    // Those that a model can fill, and that allow what is bound already.
    private List<string> UsableSets(ToolOptions options)
    {
        List<string> allowed = _signature.Sets.FindAll(set => _fixed.Keys.All(name => _signature.Find(name)!.Sets.Contains(set)));
        if (allowed.Count == 0)
        {
            throw Failures.Invalid($"-FixedArgument: no parameter set of '{_label}' takes {string.Join(" and ", _fixed.Keys)} together.", "Look at Get-Command -Syntax.");
        }

        List<string> usable = allowed.FindAll(set => Missing(set).Count == 0);
        if (usable.Count > 0)
        {
            return usable;
        }

        ToolParameter missing = Missing(allowed[0])[0];
        throw Failures.Invalid(
            $"A model cannot call '{_label}': -{missing.Name} is mandatory, and {missing.Problem ?? (options.Parameters is null ? "it is not shown" : "-Parameter does not name it")}.",
            $"Bind it with New-ChatTool -FixedArgument @{{ {missing.Name} = … }}{(missing.Problem is null ? ", or name it with -Parameter" : "")}.");
    }

    private List<ToolParameter> Missing(string set) =>
        [.. _signature.Parameters.Where(parameter => parameter.MandatoryIn.Contains(set) && !_fixed.ContainsKey(parameter.Name) && !_shown.ContainsKey(parameter.Name))];

    private Dictionary<string, object?> Schema()
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        foreach (ToolParameter parameter in _shown.Values)
        {
            properties[parameter.Name] = parameter.Schema();
        }

        List<object?> required = [.. _shown.Values.Where(IsRequired).Select(parameter => parameter.Name)];
        Dictionary<string, object?> schema = SchemaParts.Of("object", ("properties", properties));
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        schema["additionalProperties"] = false;
        return schema;
    }

    private bool IsRequired(ToolParameter parameter) => _sets.TrueForAll(parameter.MandatoryIn.Contains);

    // Strict services want every property required: what may be left out may be null instead.
    private Dictionary<string, object?> StrictParameters()
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        foreach (ToolParameter parameter in _shown.Values)
        {
            Dictionary<string, object?> schema = parameter.Schema();
            if (IsOpen(schema))
            {
                throw Failures.Invalid(
                    $"-Strict: -{parameter.Name} of '{_label}' takes any names, which strict services do not know.", "Leave it out with -Parameter, bind it with -FixedArgument, or leave out -Strict.");
            }

            properties[parameter.Name] = IsRequired(parameter) ? schema : SchemaParts.Nullable(schema);
        }

        return StrictSchema.Of(SchemaParts.Object(properties));
    }

    private static bool IsOpen(Dictionary<string, object?> schema) =>
        (schema.TryGetValue("type", out object? type) && type is "object" && !schema.ContainsKey("properties"))
        || (schema.TryGetValue("items", out object? items) && items is Dictionary<string, object?> item && IsOpen(item));

    // What belongs to some parameter sets only.
    private string? Alternatives()
    {
        string[] alternatives = [.. _sets
            .Select(set => string.Join(", ", _shown.Values.Where(parameter => parameter.Sets.Contains(set) && !_sets.TrueForAll(parameter.Sets.Contains)).Select(parameter => parameter.Name)))
            .Where(names => names.Length > 0)
            .Distinct(StringComparer.Ordinal)];
        string words = $"Use the arguments of one of these groups only: {string.Join(" | ", alternatives)}.";
        return alternatives.Length > 1 && words.Length <= LongestAlternatives ? words : null;
    }

    private void CheckSets(IReadOnlyCollection<string> given)
    {
        List<string> fitting = _sets.FindAll(set => given.All(name => _shown[name].Sets.Contains(set)));
        if (fitting.Count == 0)
        {
            throw new ToolArgumentException($"The arguments {string.Join(", ", given)} cannot be given together.{(Alternatives() is { } words ? " " + words : "")}");
        }

        string[][] missing = [.. fitting.Select(set => _shown.Values.Where(parameter => parameter.MandatoryIn.Contains(set) && !given.Contains(parameter.Name, StringComparer.Ordinal)).Select(parameter => parameter.Name).ToArray())];
        if (!Array.Exists(missing, names => names.Length == 0))
        {
            throw new ToolArgumentException($"Arguments are missing: {string.Join(" or ", missing.Select(names => string.Join(" and ", names)).Distinct(StringComparer.Ordinal))}.");
        }
    }
}
