using System.Text.Json;
using ChatPS.Api.Gemini;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Writes tools as Gemini takes them.</summary>
internal static class GeminiToolMapper
{
    // Under the other dialects' words, too.
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["google_search"] = "googleSearch",
        ["web_search"] = "googleSearch",
        ["code_execution"] = "codeExecution",
        ["code_interpreter"] = "codeExecution",
        ["url_context"] = "urlContext",
        ["web_fetch"] = "urlContext",
        ["google_maps"] = "googleMaps",
        ["file_search"] = "fileSearch",
        ["computer_use"] = "computerUse",
        ["google_search_retrieval"] = "googleSearchRetrieval",
        ["enterprise_web_search"] = "enterpriseWebSearch",
    };

    public static List<GeminiTool>? ToTools(ChatRequest request)
    {
        List<GeminiTool> tools = [];
        if (PlainJson.ToElement(request.Tools, "-Tool") is { } functions)
        {
            GeminiFunctionDeclaration[] declarations = functions.ValueKind == JsonValueKind.Array ? [.. functions.EnumerateArray().Select(ToDeclaration)] : [ToDeclaration(functions)];
            if (declarations.Length > 0)
            {
                tools.Add(new GeminiTool { FunctionDeclarations = declarations });
            }
        }

        tools.AddRange(request.BuiltInTools.Select(ToBuiltIn));
        return tools.Count > 0 ? tools : null;
    }

    public static GeminiToolConfig? ToConfig(ChatRequest request)
    {
        if (PlainJson.ToElement(request.ToolChoice, "-ToolChoice") is not { } choice)
        {
            return null;
        }

        (string? mode, string[]? names) = choice.ValueKind == JsonValueKind.String
            ? (ToMode(choice.GetString(), hasNames: false), null)
            : choice.TextOf("type") switch
            {
                "function" when choice.ObjectOf("function")?.TextOf("name") is { } name => ("ANY", [name]),
                "allowed_tools" when choice.ObjectOf("allowed_tools") is { } allowed => (ToMode(allowed.TextOf("mode"), hasNames: true), NamesIn(allowed)),
                _ => (null, null),
            };
        return new GeminiToolConfig
        {
            FunctionCallingConfig = new GeminiFunctionCallingConfig
            {
                Mode = mode ?? throw Failures.Invalid($"-ToolChoice: Gemini knows no choice {choice.GetRawText()}.", "Use auto, none, required or the name of a function."),
                AllowedFunctionNames = names,
            },
        };
    }

    // Where some functions only are allowed, the mode that leaves the model the choice has another name.
    private static string? ToMode(string? mode, bool hasNames) => mode switch
    {
        "auto" => hasNames ? "VALIDATED" : "AUTO",
        "none" => "NONE",
        "required" => "ANY",
        _ => null,
    };

    private static string[] NamesIn(JsonElement allowed) =>
        allowed.ArrayOf("tools") is { } tools ? [.. tools.EnumerateArray().Select(tool => tool.ObjectOf("function")?.TextOf("name")).OfType<string>()] : [];

    private static GeminiFunctionDeclaration ToDeclaration(JsonElement tool)
    {
        if (tool.ObjectOf("function") is not { } function)
        {
            string name = tool.ObjectOf("custom")?.TextOf("name") ?? tool.TextOf("type") ?? tool.GetRawText();
            throw Failures.Invalid($"-Tool: '{name}' is no function, and Gemini calls nothing else.", "Give the tool parameters, or name a tool of the service's own with -BuiltInTool.");
        }

        return new GeminiFunctionDeclaration
        {
            Name = function.TextOf("name"),
            Description = function.TextOf("description"),
            ParametersJsonSchema = function.ObjectOf("parameters") is { } parameters && HasProperties(parameters) ? parameters : null,
        };
    }

    // An object without members is no type that the service takes; a function without parameters has no schema.
    private static bool HasProperties(JsonElement schema) =>
        schema.ObjectOf("properties") is { } properties ? properties.EnumerateObject().Any() : schema.TryGetProperty("$ref", out _) || schema.ArrayOf("anyOf") is not null;

    /// <summary>A tool of the service is a member named after it; its settings are the member's value.</summary>
    private static GeminiTool ToBuiltIn(IReadOnlyDictionary<string, object?> tool)
    {
        if (!tool.TryGetValue("type", out object? type) || type is not string { Length: > 0 } name)
        {
            return new GeminiTool { AdditionalProperties = tool.ToDictionary(member => member.Key, member => ToElement(member.Value), StringComparer.Ordinal) };
        }

        string own = BuiltIn.TryGetValue(name, out string? known) ? known : ToCamelCase(name);
        if (tool is NamedTool named && !BuiltIn.ContainsValue(own))
        {
            throw named.Unknown(GeminiDialect.DialectName, BuiltIn.Keys);
        }

        Dictionary<string, object?> options = tool.Where(member => member.Key != "type").ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        return new GeminiTool { AdditionalProperties = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [own] = ToElement(options) } };
    }

    private static JsonElement ToElement(object? value) => PlainJson.ToElement(value ?? new Dictionary<string, object?>(StringComparer.Ordinal), "-BuiltInTool")!.Value;

    private static string ToCamelCase(string name) =>
        string.Concat(name.Split(['_'], StringSplitOptions.RemoveEmptyEntries).Select((word, place) => place == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
