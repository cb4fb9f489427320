using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>The tools of a request: those that the client runs, and those of the service.</summary>
internal sealed class ClientTools
{
    private static readonly string[] ServerTools = ["web_search", "web_fetch", "code_execution"];

    private readonly List<(string Name, string Type)> _builtIn;
    private readonly string _mode;

    private ClientTools(ToolSet functions, List<(string Name, string Type)> builtIn, string mode)
    {
        Functions = functions;
        _builtIn = builtIn;
        _mode = mode;
    }

    public ToolSet Functions { get; }

    public static ClientTools Read(Input body, bool thinks)
    {
        List<(string Name, JsonElement? Parameters)> functions = [];
        List<(string Name, string Type)> builtIn = [];
        List<string> names = [];
        foreach (Input tool in body.Objects("tools") ?? [])
        {
            string type = tool.Text("type") ?? "custom";
            string name = tool.RequiredText("name");
            names.Add(name);
            if (type == "custom")
            {
                functions.Add((name, ReadFunction(tool, name)));
            }
            else if (Array.Exists(ServerTools, known => name == known && type.StartsWith(known + "_20", StringComparison.Ordinal)))
            {
                builtIn.Add((name, type));
            }
            else
            {
                throw tool.Refuse("", $"Input tag '{type}' found using 'type' does not match any of the expected tags");
            }
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw body.Refuse("tools", "Tool names must be unique.");
        }

        (string mode, bool isParallel) = ReadChoice(body, names, thinks);
        return new ClientTools(ToolSet.Of(functions, mode, isParallel), builtIn, mode);
    }

    /// <summary>The service's own tools that an answer uses: one that is forced, else those that the prompt asks for.</summary>
    public IEnumerable<(string Name, string Type)> UsedFor(string prompt) =>
        _builtIn.Where(tool => tool.Name == _mode || (_mode != "none" && BuiltInTools.IsAskedFor(prompt, tool.Name)));

    private static JsonElement ReadFunction(Input tool, string name)
    {
        tool.Only("type", "name", "description", "input_schema", "strict", "cache_control", "defer_loading", "allowed_callers", "input_examples", "eager_input_streaming");
        bool isValid = name.Length is > 0 and <= 128 && name.All(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-');
        if (!isValid)
        {
            throw tool.Refuse("custom.name", "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
        }

        Input schema = tool.RequiredObject("input_schema");
        schema.Required("type");
        schema.Choice("type", "object");
        return schema.Root;
    }

    private static (string Mode, bool IsParallel) ReadChoice(Input body, List<string> names, bool thinks)
    {
        if (body.Object("tool_choice") is not { } choice)
        {
            return ("auto", true);
        }

        choice.Required("type");
        string type = choice.Choice("type", "auto", "any", "tool", "none")!;
        choice.Only(type switch { "none" => ["type"], "tool" => ["type", "name", "disable_parallel_tool_use"], _ => ["type", "disable_parallel_tool_use"] });
        if (names.Count == 0)
        {
            throw body.Refuse("tool_choice", "tool_choice may only be specified while providing tools.");
        }

        if (thinks && type is "any" or "tool")
        {
            throw new ApiException(Input.Refused("Thinking may not be enabled when tool_choice forces tool use."));
        }

        bool isParallel = !choice.Flag("disable_parallel_tool_use");
        if (type != "tool")
        {
            return (type == "any" ? "required" : type, isParallel);
        }

        string name = choice.RequiredText("name");
        return names.Contains(name) ? (name, isParallel) : throw new ApiException(Input.Refused($"Tool '{name}' not found in provided tools"));
    }
}
