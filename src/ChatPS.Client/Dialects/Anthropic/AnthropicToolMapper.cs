using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects.Responses;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Writes tools, and which of them to call, in Anthropic's form.</summary>
internal static class AnthropicToolMapper
{
    // The versions that every model with such a tool takes; a later one is asked for by its whole name.
    private static readonly (string Name, string Type)[] BuiltIn =
    [
        ("web_search", "web_search_20250305"),
        ("web_fetch", "web_fetch_20250910"),
        ("code_execution", "code_execution_20250825"),
    ];

    // The other dialects' words.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal) { ["url_context"] = "web_fetch", ["code_interpreter"] = "code_execution" };

    /// <summary>Writes the tools.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The tools; null for none.</returns>
    /// <exception cref="ChatServiceException">One of them has no such form.</exception>
    public static IReadOnlyList<JsonElement>? ToWire(ChatRequest request)
    {
        List<JsonElement> tools =
        [
            .. Definitions(request).Select(tool => PlainJson.ToElement(ToTool(tool), "-Tool")!.Value),
            .. request.BuiltInTools.Select(tool => PlainJson.ToElement(ToBuiltIn(tool), "-BuiltInTool")!.Value),
        ];
        return tools.Count > 0 ? tools : null;
    }

    /// <summary>Writes which tool to call.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The choice; null for the service's own.</returns>
    /// <exception cref="ChatServiceException">There is no such choice.</exception>
    public static JsonElement? Choice(ChatRequest request)
    {
        Dictionary<string, object?>? choice = ToChoice(request);
        bool isSingle = request.ParallelToolCalls == false && (Definitions(request).Any() || request.BuiltInTools.Count > 0);
        if (isSingle && choice?["type"] as string != "none")
        {
            choice ??= New("type", "auto");
            choice["disable_parallel_tool_use"] = true;
        }

        return PlainJson.ToElement(choice, "-ToolChoice");
    }

    private static IEnumerable<object?> Definitions(ChatRequest request) => request.Tools as IEnumerable<object?> ?? [];

    // What is not in OpenAI's form is taken to be in the service's own.
    private static object? ToTool(object? tool)
    {
        if (tool is not IReadOnlyDictionary<string, object?> members)
        {
            return tool;
        }

        if (members.ContainsKey("custom"))
        {
            throw Failures.Invalid($"-Tool: services of the dialect {AnthropicDialect.DialectName} have no tools that take plain text.", "Define the tool as a function with one parameter of type string.");
        }

        if (!members.TryGetValue("function", out object? definition) || definition is not IReadOnlyDictionary<string, object?> function)
        {
            return tool;
        }

        Dictionary<string, object?> wire = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> member in function)
        {
            wire[member.Key == "parameters" ? "input_schema" : member.Key] = member.Value;
        }

        if (!wire.TryGetValue("input_schema", out object? schema) || schema is null)
        {
            wire["input_schema"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "object", ["properties"] = new Dictionary<string, object?>(StringComparer.Ordinal) };
        }

        return wire;
    }

    private static Dictionary<string, object?> ToBuiltIn(IReadOnlyDictionary<string, object?> tool)
    {
        Dictionary<string, object?> wire = tool.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        string type = NameOf(tool.Get("type") as string ?? "");
        foreach ((string name, string dated) in BuiltIn)
        {
            if (type == name || type.StartsWith(name + "_2", StringComparison.Ordinal))
            {
                wire["type"] = type == name ? dated : type;
                wire["name"] = wire.TryGetValue("name", out object? own) ? own : name;
                return wire;
            }
        }

        return tool is NamedTool named ? throw named.Unknown(AnthropicDialect.DialectName, BuiltIn.Select(known => known.Name).Concat(Synonyms.Keys)) : wire;
    }

    private static string NameOf(string type) => Synonyms.TryGetValue(type, out string? name) ? name : type;

    private static Dictionary<string, object?>? ToChoice(ChatRequest request)
    {
        switch (request.ToolChoice)
        {
            case null:
                return null;
            case "required":
                return New("type", "any");
            case string mode:
                return New("type", mode);
            case IReadOnlyDictionary<string, object?> members when members.TryGetValue("function", out object? inner) && inner is IReadOnlyDictionary<string, object?> function:
                Dictionary<string, object?> named = New("type", "tool");
                object? name = function.Get("name");
                named["name"] = name is string given && request.BuiltInTools.Any(tool => tool.Get("type") as string == given) ? NameOf(given) : name;
                return named;
            case IReadOnlyDictionary<string, object?> members when members.TryGetValue("type", out object? type) && type is "auto" or "any" or "tool" or "none":
                return members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
            default:
                throw Failures.Invalid(
                    $"-ToolChoice: services of the dialect {AnthropicDialect.DialectName} take auto, none, required or the name of a tool.", "Give one of these; to allow some tools only, give no others to -Tool.");
        }
    }

    private static Dictionary<string, object?> New(string name, object? value) => new(StringComparer.Ordinal) { [name] = value };
}
