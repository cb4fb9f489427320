using ChatPS.Client.Chat;
using ChatPS.Client.Faults;

namespace ChatPS.Conversion;

/// <summary>The short forms of values for which the service wants an object.</summary>
internal static class ServiceForms
{
    private static readonly string[] ToolModes = ["auto", "none", "required"];

    public static object? ResponseFormat(object? value) => value is string type ? Object("type", type) : value;

    public static object? ToolChoice(object? value, IReadOnlyList<object?>? tools)
    {
        if (value is not string name || Array.IndexOf(ToolModes, name) >= 0)
        {
            return value;
        }

        string type = tools?.Any(tool => IsCustom(tool, name)) == true ? "custom" : "function";
        return Object("type", type, type, Object("name", name));
    }

    public static object? FunctionCall(object? value) => value is string name and not ("auto" or "none") ? Object("name", name) : value;

    public static object? Prediction(object? value) => value is string text ? Object("type", "content", "content", text) : value;

    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> BuiltInTools(object[]? tools) => [.. (PlainObject.FromList(tools is null ? null : Array.ConvertAll(tools, KeptAsTool), "-BuiltInTool") ?? []).Select(BuiltInTool)];

    // A store stands for the search in it, a container for code that runs there, a skill for a machine that has it.
    private static object KeptAsTool(object tool) => Bare.Of(tool) switch
    {
        ChatVectorStore store => Object("type", "file_search", "vector_store_ids", new object[] { store.Id }),
        ChatContainer container => Object("type", "code_interpreter", "container", container.Id),
        ChatSkill skill => Object("type", "shell", "environment", Object("type", "container_auto", "skills", new object[] { SkillReference.Of(skill, "-BuiltInTool") })),
        _ => tool,
    };

    // Which ones there are is up to the dialect and the service.
    private static IReadOnlyDictionary<string, object?> BuiltInTool(object? tool) => tool switch
    {
        string { Length: > 0 } name => ChatRequest.BuiltInTool(name),
        IReadOnlyDictionary<string, object?> members when members.TryGetValue("type", out object? type) && type is string { Length: > 0 } => members,
        _ => throw Failures.Invalid(
            $"-BuiltInTool: '{(tool is IReadOnlyDictionary<string, object?> ? "a hashtable without type" : PlainObject.Text(tool))}' is no tool of a service.",
            "Give a name, for example web_search, or a hashtable such as @{ type = 'file_search'; vector_store_ids = @('vs_1') }."),
    };

    private static bool IsCustom(object? tool, string name) =>
        tool is IReadOnlyDictionary<string, object?> members
        && members.TryGetValue("custom", out object? custom)
        && custom is IReadOnlyDictionary<string, object?> definition
        && definition.TryGetValue("name", out object? named)
        && named as string == name;

    private static Dictionary<string, object?> Object(string name, object? value) => new(StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, object?> Object(string name, object? value, string second, object? secondValue) =>
        new(StringComparer.Ordinal) { [name] = value, [second] = secondValue };
}
