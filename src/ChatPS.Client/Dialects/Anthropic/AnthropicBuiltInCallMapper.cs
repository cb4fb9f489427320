using System.Text.Json;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Reads what the service's own tools did, from the blocks of an answer: calls, and their results further on.</summary>
internal static class AnthropicBuiltInCallMapper
{
    // What says in one member what a tool was asked.
    private static readonly string[] Questions = ["query", "url", "code", "command"];

    public static IReadOnlyList<ChatBuiltInCall> From(IReadOnlyList<ContentBlock> blocks) =>
    [
        .. blocks.Where(block => block.Type is "server_tool_use" or "mcp_tool_use").Select(call =>
            ToCall(call, blocks.FirstOrDefault(block => block.ToolUseId is not null && block.ToolUseId == call.Id))),
    ];

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
            Raw = AnthropicContentMapper.ToElement(result is null ? [call] : [call, result]).GetRawText(),
        };
    }

    private static string? Input(JsonElement? input) =>
        input is { } asked ? Questions.Select(name => asked.TextOf(name)).FirstOrDefault(text => text is not null) ?? asked.GetRawText() : null;

    private static string? Error(JsonElement content)
    {
        if (content.TextOf("error_code") is { } code)
        {
            return code;
        }

        bool hasFailed = JsonText.Member(content, "return_code") is { ValueKind: JsonValueKind.Number } number && number.GetRawText() != "0";
        return !hasFailed ? null : content.TextOf("stderr") is { Length: > 0 } said ? said : "The code failed.";
    }

    private static string? Output(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => JsonText.Read(content),
        JsonValueKind.Array => Join("\n", content.EnumerateArray().Select(item => item.TextOf("text"))),
        JsonValueKind.Object when content.ObjectOf("content") is { } page =>
            page.ObjectOf("source") is { } source && source.TextOf("type") == "text" ? source.TextOf("data") : null,
        JsonValueKind.Object => Join("", [content.TextOf("stdout"), content.TextOf("stderr"), content.TextOf("content")]),
        _ => null,
    };

    private static string? Join(string separator, IEnumerable<string?> texts) =>
        string.Join(separator, texts.Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } text ? text : null;

    private static IEnumerable<ChatCitation> Sources(JsonElement content)
    {
        IEnumerable<JsonElement> items = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : [content];
        return items.Where(item => item.TextOf("url") is not null).Select(item => new ChatCitation
        {
            Url = item.TextOf("url"),
            Title = item.TextOf("title") ?? item.ObjectOf("content")?.TextOf("title"),
        });
    }
}
