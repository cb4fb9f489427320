using System.Text.Json;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>A block of an answer, whole and in pieces.</summary>
/// <param name="Whole">Writes its members.</param>
/// <param name="Start">Writes those of its beginning in a stream.</param>
/// <param name="Deltas">Write the pieces that follow.</param>
internal sealed record AnswerBlock(Action<Utf8JsonWriter> Whole, Action<Utf8JsonWriter> Start, IReadOnlyList<Action<Utf8JsonWriter>> Deltas)
{
    public static AnswerBlock Text(Generation text, string? citedUrl) => new(
        json =>
        {
            WriteText(json, text.Text);
            if (citedUrl is not null)
            {
                json.WriteStartArray("citations"u8);
                WriteCitation(json, citedUrl);
                json.WriteEndArray();
            }
        },
        json => WriteText(json, ""),
        [
            .. text.TokenList.Select(token => Delta("text_delta", "text", token)),
            .. citedUrl is null ? Array.Empty<Action<Utf8JsonWriter>>() : [json =>
            {
                json.WriteString("type"u8, "citations_delta"u8);
                json.WritePropertyName("citation"u8);
                WriteCitation(json, citedUrl);
            }],
        ]);

    public static AnswerBlock Thinking(string thought, string signature) => new(
        json => WriteThinking(json, thought, signature),
        json => WriteThinking(json, "", ""),
        [.. Tokens.Split(thought).Select(token => Delta("thinking_delta", "thinking", token)), Delta("signature_delta", "signature", signature)]);

    public static AnswerBlock HiddenThinking(string data) => ServerToolResult(Shape.Of(("type", "redacted_thinking"), ("data", data)));

    public static AnswerBlock ToolUse(string id, string name, string arguments) => new(
        json => WriteCall(json, "tool_use", id, name, arguments),
        json => WriteCall(json, "tool_use", id, name, "{}"),
        [Delta("input_json_delta", "partial_json", ""), .. Tokens.Split(arguments).Select(token => Delta("input_json_delta", "partial_json", token))]);

    public static AnswerBlock ServerToolUse(string id, string name, string arguments) => new(
        json => WriteCall(json, "server_tool_use", id, name, arguments),
        json => WriteCall(json, "server_tool_use", id, name, "{}"),
        [Delta("input_json_delta", "partial_json", arguments)]);

    public static AnswerBlock ServerToolResult(IReadOnlyDictionary<string, object?> members)
    {
        return new(Write, Write, []);

        void Write(Utf8JsonWriter json)
        {
            foreach (KeyValuePair<string, object?> member in members)
            {
                json.WritePropertyName(member.Key);
                PlainJson.Write(json, member.Value);
            }
        }
    }

    private static Action<Utf8JsonWriter> Delta(string type, string member, string value) => json =>
    {
        json.WriteString("type"u8, type);
        json.WriteString(member, value);
    };

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
    }

    private static void WriteThinking(Utf8JsonWriter json, string thought, string signature)
    {
        json.WriteString("type"u8, "thinking"u8);
        json.WriteString("thinking"u8, thought);
        json.WriteString("signature"u8, signature);
    }

    private static void WriteCall(Utf8JsonWriter json, string type, string id, string name, string arguments)
    {
        json.WriteString("type"u8, type);
        json.WriteString("id"u8, id);
        json.WriteString("name"u8, name);
        json.WritePropertyName("input"u8);
        json.WriteRawValue(arguments);
    }

    private static void WriteCitation(Utf8JsonWriter json, string url)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "web_search_result_location"u8);
        json.WriteString("url"u8, url);
        json.WriteString("title"u8, "Sandbox"u8);
        json.WriteString("encrypted_index"u8, "c2FuZGJveA=="u8);
        json.WriteString("cited_text"u8, "A page of the sandbox."u8);
        json.WriteEndObject();
    }
}
