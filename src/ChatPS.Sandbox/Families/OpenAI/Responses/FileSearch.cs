using System.Text.Json;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Kept;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Responses;

/// <summary>What the tool <c>file_search</c> finds: pieces of the files that the named stores hold, or a note of the sandbox where there is no such store.</summary>
internal static class FileSearch
{
    private const int UsualMost = 3;

    /// <summary>The stores that a tool names.</summary>
    public static IEnumerable<string> Stores(JsonElement tool) => tool.TextOf("type") == "file_search" && new Fields(tool).Array("vector_store_ids") is { } ids
        ? ids.EnumerateArray().Where(static id => id.ValueKind == JsonValueKind.String).Select(static id => id.GetString()!)
        : [];

    /// <summary>Searches.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="prompt">What the user asked.</param>
    /// <param name="documents">The stores.</param>
    /// <returns>What was found, as results of a call.</returns>
    public static IReadOnlyList<Dictionary<string, object?>> Find(JsonElement tool, string prompt, Documents documents)
    {
        string[] stores = [.. Stores(tool).Where(store => documents.Stores.Find(store) is not null)];
        return stores.Length == 0
            ? [Result("file-sandbox-1", "notes.txt", 0.9, "A note of the sandbox.", Shape.Of())]
            : [.. documents.Search(stores, prompt, new Fields(tool).Integer("max_num_results", 1, 50) ?? UsualMost).Select(found => Result(found.File.Id, found.File.Name, found.Score, found.Text, found.File.Shape["attributes"]))];
    }

    private static Dictionary<string, object?> Result(string id, string name, double score, string text, object? attributes) =>
        Shape.Of(("file_id", id), ("filename", name), ("score", score), ("text", text), ("attributes", attributes));
}
