using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Anthropic;

namespace ChatPS.Client;

/// <summary>Reads what the service's own tools did, from the blocks of an answer: calls, and their results further on.</summary>
internal static class AnthropicBuiltInCalls
{
    // What says in one member what a tool was asked.
    private static readonly string[] Questions = ["query", "url", "code", "command"];

    public static IReadOnlyList<ChatBuiltInCall> From(IReadOnlyList<ContentBlock> blocks) =>
    [
        .. blocks.Where(block => block.Type is "server_tool_use" or "mcp_tool_use").Select(call =>
            ToCall(call, blocks.FirstOrDefault(block => block.ToolUseId is not null && block.ToolUseId == call.Id))),
    ];

    /// <summary>Reads a member that is text.</summary>
    /// <param name="item">An object.</param>
    /// <param name="name">The member.</param>
    /// <returns>The text; null if there is none.</returns>
    public static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? JsonText.Read(value) : null;

    private static ChatBuiltInCall ToCall(ContentBlock call, ContentBlock? result)
    {
        JsonElement content = result?.Content ?? default;
        bool isMcp = call.Type == "mcp_tool_use";
        string? error = Error(content) ?? (result?.IsError == true ? Output(content) ?? "failed" : null);
        return new ChatBuiltInCall
        {
            Id = call.Id,
            Type = isMcp ? "mcp" : call.Name ?? "",
            Name = isMcp ? call.Name : null,
            Status = result is null ? null : error is null ? "completed" : "failed",
            Input = Input(call.Input),
            Output = Output(content),
            Sources = [.. Sources(content)],
            Error = error,
            Raw = AnthropicContent.ToElement(result is null ? [call] : [call, result]).GetRawText(),
        };
    }

    private static string? Input(JsonElement? input) =>
        input is { } asked ? Questions.Select(name => Text(asked, name)).FirstOrDefault(text => text is not null) ?? asked.GetRawText() : null;

    private static string? Error(JsonElement content)
    {
        if (Text(content, "error_code") is { } code)
        {
            return code;
        }

        bool hasFailed = content.ValueKind == JsonValueKind.Object && content.TryGetProperty("return_code", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.GetRawText() != "0";
        return !hasFailed ? null : Text(content, "stderr") is { Length: > 0 } said ? said : "The code failed.";
    }

    private static string? Output(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => JsonText.Read(content),
        JsonValueKind.Array => Join("\n", content.EnumerateArray().Select(item => Text(item, "text"))),
        JsonValueKind.Object when content.TryGetProperty("content", out JsonElement page) && page.ValueKind == JsonValueKind.Object =>
            page.TryGetProperty("source", out JsonElement source) && Text(source, "type") == "text" ? Text(source, "data") : null,
        JsonValueKind.Object => Join("", [Text(content, "stdout"), Text(content, "stderr"), Text(content, "content")]),
        _ => null,
    };

    private static string? Join(string separator, IEnumerable<string?> texts) =>
        string.Join(separator, texts.Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } text ? text : null;

    private static IEnumerable<ChatCitation> Sources(JsonElement content)
    {
        IEnumerable<JsonElement> items = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : [content];
        return items.Where(item => Text(item, "url") is not null).Select(item => new ChatCitation
        {
            Url = Text(item, "url"),
            Title = Text(item, "title") ?? (item.TryGetProperty("content", out JsonElement page) ? Text(page, "title") : null),
        });
    }
}
