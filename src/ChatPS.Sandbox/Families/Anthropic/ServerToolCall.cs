using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>What the service's own tools would have done: one call each with its result, always the same.</summary>
internal static class ServerToolCall
{
    /// <summary>The page that is found and read.</summary>
    public const string Page = "https://example.com/sandbox";

    /// <summary>Makes the blocks of a call.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="type">The tool with the date of its version.</param>
    /// <param name="prompt">What the user asked.</param>
    /// <param name="id">The id of the call.</param>
    /// <returns>The call and its result.</returns>
    public static IEnumerable<AnswerBlock> Of(string name, string type, string prompt, string id) => name switch
    {
        "web_search" => Blocks(id, name, Shape.Of(("query", prompt)), new[]
        {
            Shape.Of(("type", "web_search_result"), ("title", "Sandbox"), ("url", Page), ("encrypted_content", "c2FuZGJveA=="), ("page_age", null)),
        }),
        "web_fetch" => Blocks(id, name, Shape.Of(("url", Page)), Shape.Of(
            ("type", "web_fetch_result"),
            ("url", Page),
            ("content", Shape.Of(("type", "document"), ("source", Shape.Of(("type", "text"), ("media_type", "text/plain"), ("data", "A page of the sandbox."))), ("title", "Sandbox"))),
            ("retrieved_at", "2025-01-01T00:00:00Z"))),

        // The first version ran Python, later ones run a shell.
        _ when type == "code_execution_20250522" => Blocks(id, name, Shape.Of(("code", "print(2 + 2)")), Printed(name)),
        _ => Blocks(id, "bash_code_execution", Shape.Of(("command", "python -c 'print(2 + 2)'")), Printed("bash_code_execution")),
    };

    private static Dictionary<string, object?> Printed(string name) =>
        Shape.Of(("type", name + "_result"), ("stdout", "4\n"), ("stderr", ""), ("return_code", 0), ("content", Array.Empty<object>()));

    private static AnswerBlock[] Blocks(string id, string name, Dictionary<string, object?> input, object content) =>
    [
        AnswerBlock.ServerToolUse(id, name, PlainJson.ToText(input)),
        AnswerBlock.ServerToolResult(Shape.Of(("type", name + "_tool_result"), ("tool_use_id", id), ("content", content))),
    ];
}
