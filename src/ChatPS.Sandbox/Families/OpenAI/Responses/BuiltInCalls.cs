using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>What the service's own tools would have done: one call each, always the same.</summary>
internal static class BuiltInCalls
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /// <summary>Makes the items of a call.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="prompt">What the user asked.</param>
    /// <param name="suffix">What the ids end with.</param>
    /// <param name="includes">What the request wants told.</param>
    /// <param name="found">What a search of files found.</param>
    /// <returns>The items; a tool that the sandbox does not play has none.</returns>
    public static IEnumerable<Dictionary<string, object?>> Of(JsonElement tool, string prompt, string suffix, IReadOnlyCollection<string> includes, IReadOnlyList<Dictionary<string, object?>> found)
    {
        bool Includes(string what) => includes.Contains(what, StringComparer.Ordinal);
        string type = tool.TextOf("type")!;
        switch (type)
        {
            case "web_search" or "web_search_preview":
                Dictionary<string, object?> action = Shape.Of(("type", "search"), ("query", prompt), ("queries", new[] { prompt }));
                return [Call("web_search_call", "ws_", suffix).With(("action", Includes("web_search_call.action.sources") ? action.With(("sources", new[] { Shape.Of(("type", "url"), ("url", "https://example.com/sandbox")) })) : action))];
            case "file_search":
                object? results = Includes("file_search_call.results") ? found : null;
                return [Call("file_search_call", "fs_", suffix).With(("queries", new[] { prompt }), ("results", results))];
            case "code_interpreter":
                object? outputs = Includes("code_interpreter_call.outputs") ? new[] { Shape.Of(("type", "logs"), ("logs", "4\n")) } : null;
                return [Call("code_interpreter_call", "ci_", suffix).With(("code", "print(2 + 2)"), ("container_id", "cntr_sandbox"), ("outputs", outputs))];
            case "image_generation":
                return [Call("image_generation_call", "ig_", suffix).With(("revised_prompt", prompt), ("result", Pixel))];
            case "mcp":
                string label = tool.TextOf("server_label")!;
                Dictionary<string, object?> listed = Shape.Of(("name", "lookup"), ("description", "Looks something up."), ("input_schema", Shape.Of(("type", "object"))), ("annotations", null));
                return
                [
                    Shape.Of(("id", "mcpl_" + suffix), ("type", "mcp_list_tools"), ("server_label", label), ("tools", new[] { listed })),
                    tool.TextOf("require_approval") == "never"
                        ? Shape.Of(("id", "mcp_" + suffix), ("type", "mcp_call"), ("status", "completed"), ("server_label", label), ("name", "lookup"), ("arguments", "{}"), ("output", "found"), ("error", null), ("approval_request_id", null))
                        : Shape.Of(("id", "mcpr_" + suffix), ("type", "mcp_approval_request"), ("server_label", label), ("name", "lookup"), ("arguments", "{}")),
                ];
            default:
                return [];
        }
    }

    /// <summary>What the text of an answer rests on after such calls.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="length">The length of the text.</param>
    /// <param name="found">What a search of files found.</param>
    /// <returns>The annotations.</returns>
    public static IEnumerable<Dictionary<string, object?>> Annotations(
        IEnumerable<Dictionary<string, object?>> calls, int length, IReadOnlyList<Dictionary<string, object?>> found) => calls.SelectMany(call => call["type"] switch
    {
        "web_search_call" => [Shape.Of(("type", "url_citation"), ("start_index", 0), ("end_index", Math.Max(0, length - 1)), ("url", "https://example.com/sandbox"), ("title", "A page of the sandbox"))],
        "file_search_call" => found.GroupBy(result => result["file_id"]).Select(file => Shape.Of(("type", "file_citation"), ("index", Math.Max(0, length - 1)), ("file_id", file.Key), ("filename", file.First()["filename"]))),
        "code_interpreter_call" => [Shape.Of(("type", "container_file_citation"), ("container_id", "cntr_sandbox"), ("file_id", "cfile-sandbox-1"), ("start_index", 0), ("end_index", Math.Max(0, length - 1)), ("filename", "result.csv"))],
        _ => Enumerable.Empty<Dictionary<string, object?>>(),
    });

    private static Dictionary<string, object?> Call(string type, string prefix, string suffix) => Shape.Of(("id", string.Format(CultureInfo.InvariantCulture, "{0}{1}", prefix, suffix)), ("type", type), ("status", "completed"));
}
