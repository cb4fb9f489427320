using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Play;

/// <summary>The tools of a request, and which of them it wants called.</summary>
internal sealed class ToolSet
{
    private readonly List<Tool> _tools = [];
    private IReadOnlyList<string>? _allowed;
    private string? _forced;
    private bool _isRequired;
    private bool _isOff;
    private bool _isParallel = true;

    private ToolSet()
    {
    }

    /// <summary>Whether the request used the older "functions".</summary>
    public bool IsLegacy { get; private set; }

    public static ToolSet Read(Fields body)
    {
        ToolSet set = new();
        set.ReadTools(body);
        set.ReadFunctions(body);
        set._isParallel = body.Flag("parallel_tool_calls", whenAbsent: true);
        if (body.TryGet(set.IsLegacy ? "function_call" : "tool_choice", out JsonElement choice))
        {
            set.ReadChoice(choice, set.IsLegacy ? "function_call" : "tool_choice");
        }

        return set;
    }

    /// <summary>No tools.</summary>
    public static ToolSet Empty { get; } = new();

    /// <summary>Makes a set of functions.</summary>
    /// <param name="functions">Their names and the schemas of their parameters.</param>
    /// <param name="mode">"auto", "none", "required", or the name of a function that must be called.</param>
    /// <param name="isParallel">Whether several may be called at once.</param>
    /// <returns>The set.</returns>
    public static ToolSet Of(IEnumerable<(string Name, JsonElement? Parameters)> functions, string mode = "auto", bool isParallel = true)
    {
        ToolSet set = new() { _isParallel = isParallel, _isOff = mode == "none", _isRequired = mode == "required" };
        set._tools.AddRange(functions.Select(static function => new Tool("function", function.Name, function.Parameters)));
        set._forced = set._tools.Exists(tool => tool.Name == mode) ? mode : null;
        return set;
    }

    /// <summary>The calls that an answer makes: those that are forced, else those that the prompt names with "call".</summary>
    public IReadOnlyList<ToolCall> CallsFor(string prompt, long number, int choice)
    {
        if (_isOff || _tools.Count == 0)
        {
            return [];
        }

        IEnumerable<Tool> usable = _tools.Where(tool => _allowed?.Contains(tool.Name, StringComparer.Ordinal) != false);
        List<Tool> called = _forced is null
            ? usable.Where(tool => prompt.IndexOf("call " + tool.Name, StringComparison.OrdinalIgnoreCase) >= 0).ToList()
            : usable.Where(tool => tool.Name == _forced).ToList();
        if (called.Count == 0 && _isRequired)
        {
            called.AddRange(usable.Take(1));
        }

        return called.Take(_isParallel && !IsLegacy ? called.Count : 1)
            .Select((tool, index) => new ToolCall(
                string.Format(CultureInfo.InvariantCulture, "call_sandbox_{0:D6}_{1}_{2}", number, choice, index), tool.Type, tool.Name, tool.Arguments()))
            .ToList();
    }

    private void ReadTools(Fields body)
    {
        if (body.Array("tools") is not { } tools)
        {
            return;
        }

        int index = 0;
        foreach (JsonElement element in tools.EnumerateArray())
        {
            Fields tool = new(element, string.Format(CultureInfo.InvariantCulture, "tools[{0}].", index++));
            tool.Required("type");
            string type = tool.Choice("type", "function", "custom")!;
            tool.Required(type);
            Add(type, new Fields(tool.Object(type)!.Value, tool.Name(type + ".")));
        }
    }

    private void ReadFunctions(Fields body)
    {
        if (body.Array("functions") is not { } functions)
        {
            return;
        }

        IsLegacy = true;
        int index = 0;
        foreach (JsonElement element in functions.EnumerateArray())
        {
            Add("function", new Fields(element, string.Format(CultureInfo.InvariantCulture, "functions[{0}].", index++)));
        }
    }

    private void Add(string type, Fields tool)
    {
        string name = tool.RequiredText("name");
        bool isValid = name.Length is > 0 and <= 64 && name.All(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-');
        if (type == "function" && !isValid)
        {
            throw new ApiException(ApiError.Invalid(
                $"Invalid '{tool.Name("name")}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", tool.Name("name"), "invalid_value"));
        }

        _tools.Add(new Tool(type, name, tool.Object("parameters")));
    }

    private void ReadChoice(JsonElement choice, string member)
    {
        if (_tools.Count == 0)
        {
            throw new ApiException(ApiError.Invalid($"Invalid value for '{member}': '{member}' is only allowed when tools are specified.", member));
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            SetMode(choice.GetString()!, member);
            return;
        }

        if (choice.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(ApiError.WrongType(member, "a string or an object", choice));
        }

        Fields fields = new(choice, member + ".");
        string type = IsLegacy ? "function" : fields.Choice("type", "function", "custom", "allowed_tools") ?? "function";
        if (type == "allowed_tools")
        {
            fields.Required(type);
            Fields allowed = new(fields.Object(type)!.Value, fields.Name("allowed_tools."));
            SetMode(allowed.RequiredText("mode"), allowed.Name("mode"));
            allowed.Required("tools");
            _allowed = allowed.Array("tools")!.Value.EnumerateArray().Select(NameOf).ToList();
            return;
        }

        if (!IsLegacy)
        {
            fields.Required(type);
        }

        _forced = IsLegacy ? fields.RequiredText("name") : new Fields(fields.Object(type)!.Value, fields.Name(type + ".")).RequiredText("name");
        if (!_tools.Exists(tool => tool.Name == _forced))
        {
            throw new ApiException(ApiError.Invalid($"Tool choice '{_forced}' not found in 'tools' parameter.", member));
        }
    }

    private static string NameOf(JsonElement tool)
    {
        Fields fields = new(tool, "tool_choice.allowed_tools.tools[].");
        string type = fields.RequiredText("type");
        fields.Required(type);
        return new Fields(fields.Object(type)!.Value, fields.Name(type + ".")).RequiredText("name");
    }

    private void SetMode(string mode, string member)
    {
        string[] modes = IsLegacy ? ["none", "auto"] : ["none", "auto", "required"];
        if (!modes.Contains(mode, StringComparer.Ordinal))
        {
            throw new ApiException(ApiError.WrongValue(member, mode, modes));
        }

        _isOff = mode == "none";
        _isRequired = mode == "required";
    }

    private sealed record Tool(string Type, string Name, JsonElement? Parameters)
    {
        public string Arguments()
        {
            if (Type == "custom")
            {
                return "text";
            }

            object? instance = Parameters is { } schema ? SchemaInstance.Create(schema) : null;
            return PlainJson.ToText(instance ?? new Dictionary<string, object?>(StringComparer.Ordinal));
        }
    }
}
