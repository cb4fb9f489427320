using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>The tools of a request: functions, which are left to the caller, and those that the service runs itself.</summary>
internal sealed class ResponseTools
{
    private static readonly string[] Types =
    [
        "function", "custom", "web_search", "web_search_preview", "file_search", "code_interpreter", "image_generation", "mcp",
        "computer", "computer_use_preview", "local_shell", "shell", "apply_patch", "tool_search", "namespace",
    ];

    private readonly List<(string Name, JsonElement? Parameters)> _functions = [];
    private readonly List<JsonElement> _builtIn = [];
    private string _mode = "auto";
    private IReadOnlyList<string>? _allowed;
    private string? _forced;
    private bool _isParallel = true;

    private ResponseTools()
    {
    }

    public static ResponseTools Read(Fields body)
    {
        ResponseTools tools = new();
        int index = 0;
        foreach (JsonElement element in body.Array("tools") is { } array ? array.EnumerateArray() : default)
        {
            tools.Add(new Fields(element, string.Format(CultureInfo.InvariantCulture, "tools[{0}].", index++)));
        }

        tools._isParallel = body.Flag("parallel_tool_calls", whenAbsent: true);
        if (body.TryGet("tool_choice", out JsonElement choice))
        {
            tools.ReadChoice(choice);
        }

        return tools;
    }

    /// <summary>The functions, and which of them to call.</summary>
    public ToolSet Functions => ToolSet.Of(_functions.Where(function => _allowed?.Contains(function.Name, StringComparer.Ordinal) != false), _forced ?? _mode, _isParallel);

    /// <summary>The service's own tools that an answer uses: one that is forced, else those that the prompt asks for.</summary>
    /// <param name="prompt">What the user asked.</param>
    /// <param name="documents">The stores that files are searched in: a search of one that is there is made without being asked for.</param>
    public IEnumerable<JsonElement> UsedFor(string prompt, Documents documents) => _builtIn.Where(tool =>
        tool.TextOf("type") is { } type
        && (type == _forced || (_mode != "none" && (BuiltInTools.IsAskedFor(prompt, type) || FileSearch.Stores(tool).Any(store => documents.Stores.Find(store) is not null)))));

    private void Add(Fields tool)
    {
        tool.Required("type");
        string type = tool.Choice("type", Types)!;
        switch (type)
        {
            case "function":
                AddFunction(tool);
                return;
            case "custom":
                tool.RequiredText("name");
                return;
            case "file_search":
                tool.Required("vector_store_ids");
                tool.Array("vector_store_ids");
                break;
            case "code_interpreter":
                tool.Required("container");
                break;
            case "mcp":
                tool.RequiredText("server_label");
                if (tool.Text("server_url") is null && tool.Text("connector_id") is null && tool.Text("tunnel_id") is null)
                {
                    throw new ApiException(ApiError.Missing(tool.Name("server_url")));
                }

                break;
        }

        _builtIn.Add(tool.Root.Clone());
    }

    private void AddFunction(Fields tool)
    {
        string name = tool.RequiredText("name");
        if (name.Length is 0 or > 64 || !name.All(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-'))
        {
            throw new ApiException(ApiError.Invalid($"Invalid '{tool.Name("name")}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", tool.Name("name"), "invalid_value"));
        }

        tool.Flag("strict");
        _functions.Add((name, tool.Object("parameters")?.Clone()));
    }

    private void ReadChoice(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            SetMode(choice.GetString()!, "tool_choice");
            return;
        }

        if (choice.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(ApiError.WrongType("tool_choice", "a string or an object", choice));
        }

        Fields fields = new(choice, "tool_choice.");
        string type = fields.RequiredText("type");
        switch (type)
        {
            case "allowed_tools":
                SetMode(fields.RequiredText("mode"), "tool_choice.mode");
                fields.Required("tools");
                _allowed = [.. fields.Array("tools")!.Value.EnumerateArray().Select(static tool => tool.TextOf("name")).OfType<string>()];
                return;
            case "function" or "custom":
                _forced = fields.RequiredText("name");
                break;
            default:
                _forced = fields.Choice("type", Types);
                break;
        }

        if (!_functions.Exists(function => function.Name == _forced) && !_builtIn.Exists(tool => tool.TextOf("type") == _forced))
        {
            throw new ApiException(ApiError.Invalid($"Tool choice '{_forced}' not found in 'tools' parameter.", "tool_choice"));
        }
    }

    private void SetMode(string mode, string member)
    {
        string[] modes = ["none", "auto", "required"];
        _mode = modes.Contains(mode, StringComparer.Ordinal) ? mode : throw new ApiException(ApiError.WrongValue(member, mode, modes));
    }
}
