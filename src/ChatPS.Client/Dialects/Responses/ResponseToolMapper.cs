using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>
/// The tools of a request. Chat completions name the kind of tool and put its description into a member of that name; here the
/// description stands beside the kind.
/// </summary>
internal static class ResponseToolMapper
{
    private const string WebSearch = "web_search";
    private const string CodeInterpreter = "code_interpreter";

    /// <summary>Translates the tools of a request, the service's own last.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The tools; null for none.</returns>
    /// <exception cref="ChatServiceException">One of the service's own tools lacks something.</exception>
    public static IReadOnlyList<JsonElement>? ToWire(ChatRequest request)
    {
        List<JsonElement> tools =
        [
            .. (request.Tools as IEnumerable<object?> ?? []).Select(tool => PlainJson.ToElement(Function(tool), "-Tool")!.Value),
            .. request.BuiltInTools.Select(tool => PlainJson.ToElement(Prepare(tool), "-BuiltInTool")!.Value),
        ];
        if (request.WebSearchOptions is IReadOnlyDictionary<string, object?> options)
        {
            tools.Add(PlainJson.ToElement(Search(options, request), "-WebSearchOption")!.Value);
        }

        return tools.Count > 0 ? tools : null;
    }

    /// <summary>Translates the choice of a tool.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The choice; null for none.</returns>
    public static JsonElement? Choice(ChatRequest request)
    {
        object? choice = request.ToolChoice;
        if (choice is IReadOnlyDictionary<string, object?> members)
        {
            Dictionary<string, object?> flat = Flatten(members);
            if (flat.Get("tools") is IEnumerable<object?> allowed)
            {
                flat["tools"] = allowed.Select(tool => tool is IReadOnlyDictionary<string, object?> one ? Flatten(one) : tool);
            }

            // The name of one of the service's own tools is its kind.
            choice = flat.Get("name") is string name && request.BuiltInTools.FirstOrDefault(tool => tool.Get("type") as string == name || TypeOf(tool) == name) is { } named
                ? PlainMembers.Of(("type", TypeOf(named)))
                : flat;
        }

        return PlainJson.ToElement(choice, "-ToolChoice");
    }

    /// <summary>What the answer is to tell of what the service's own tools did.</summary>
    /// <param name="tools">The tools of the request.</param>
    /// <returns>What to ask for.</returns>
    public static IEnumerable<string> Includes(IEnumerable<JsonElement> tools) =>
        tools.Select(tool => tool.TryGetProperty("type", out JsonElement type) ? type.ToString() : "").Distinct(StringComparer.Ordinal).Select(type => type switch
        {
            "file_search" => "file_search_call.results",
            CodeInterpreter => "code_interpreter_call.outputs",
            _ => type.StartsWith(WebSearch, StringComparison.Ordinal) ? "web_search_call.action.sources" : null,
        }).OfType<string>();

    /// <summary>Puts what stands in the member that is named by the type beside the type.</summary>
    /// <param name="members">An object with <c>type</c>.</param>
    /// <returns>The object in the other form; as it was where it has no such member.</returns>
    public static Dictionary<string, object?> Flatten(IReadOnlyDictionary<string, object?> members)
    {
        if (members.Get("type") is not string type || members.Get(type) is not IReadOnlyDictionary<string, object?> inner)
        {
            return members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        }

        Dictionary<string, object?> flat = new(StringComparer.Ordinal) { ["type"] = type };
        foreach (KeyValuePair<string, object?> member in members.Where(member => member.Key != type).Concat(inner))
        {
            flat[member.Key] = member is { Key: "format", Value: IReadOnlyDictionary<string, object?> format } ? Flatten(format) : member.Value;
        }

        return flat;
    }

    private static object? Function(object? tool)
    {
        if (tool is not IReadOnlyDictionary<string, object?> members)
        {
            return tool;
        }

        // Without a word, schemas are strict here, and optional parameters an error; in chat completions they are not.
        Dictionary<string, object?> flat = Flatten(members);
        if (flat.Get("type") as string == "function" && !flat.ContainsKey("strict"))
        {
            flat["strict"] = false;
        }

        return flat;
    }

    private static Dictionary<string, object?> Prepare(IReadOnlyDictionary<string, object?> tool)
    {
        Dictionary<string, object?> prepared = Flatten(tool);
        string? type = TypeOf(tool);
        prepared["type"] = type;
        switch (type)
        {
            case CodeInterpreter when !prepared.ContainsKey("container"):
                prepared["container"] = PlainMembers.Of(("type", "auto"));
                break;
            case "file_search":
                Require(prepared, "file_search", "@{ type = 'file_search'; vector_store_ids = @('vs_1') }", "vector_store_ids");
                break;
            case "mcp":
                Require(prepared, "mcp", "@{ type = 'mcp'; server_label = 'docs'; server_url = 'https://example.com/mcp' }", "server_label");
                Require(prepared, "mcp", "@{ type = 'mcp'; server_label = 'docs'; server_url = 'https://example.com/mcp' }", "server_url", "connector_id", "tunnel_id");
                break;
        }

        return prepared;
    }

    // The other dialects' word for it; any other name may be a type that some service has added.
    private static string? TypeOf(IReadOnlyDictionary<string, object?> tool) => tool is NamedTool { Name: "code_execution" } ? CodeInterpreter : tool.Get("type") as string;

    private static void Require(Dictionary<string, object?> tool, string type, string example, params string[] names)
    {
        if (!names.Any(name => tool.Get(name) is not null))
        {
            throw Failures.Invalid($"-BuiltInTool: the tool '{type}' needs {string.Join(" or ", names)}.", $"Give it as a hashtable, for example {example}.");
        }
    }

    private static Dictionary<string, object?> Search(IReadOnlyDictionary<string, object?> options, ChatRequest request)
    {
        if (request.BuiltInTools.Any(tool => tool.Get("type") is string type && type.StartsWith(WebSearch, StringComparison.Ordinal)))
        {
            throw Failures.Invalid("-WebSearchOption and -BuiltInTool both ask for a web search.", "Leave out -WebSearchOption, and give its members to the tool: -BuiltInTool @{ type = 'web_search'; search_context_size = 'low' }.");
        }

        Dictionary<string, object?> tool = PlainMembers.Of(("type", WebSearch));
        foreach (KeyValuePair<string, object?> option in options)
        {
            tool[option.Key] = option.Value is IReadOnlyDictionary<string, object?> members ? Flatten(members) : option.Value;
        }

        return tool;
    }
}
