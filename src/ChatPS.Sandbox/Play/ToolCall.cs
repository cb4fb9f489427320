using System.Text.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>A call of a tool that an answer asks for.</summary>
/// <param name="Id">The id of the call.</param>
/// <param name="Type">"function" or "custom".</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments as JSON text, or the input of a custom tool.</param>
internal sealed record ToolCall(string Id, string Type, string Name, string Arguments)
{
    /// <summary>The signature of the thought before the call, as Gemini has it in OpenAI's form; null for none.</summary>
    public string? Signature { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteBody(json, Arguments);
        json.WriteEndObject();
    }

    /// <summary>The first delta of a stream: everything but the arguments.</summary>
    public void WriteStart(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        WriteBody(json, "");
        json.WriteEndObject();
    }

    /// <summary>A later delta of a stream: a piece of the arguments.</summary>
    public void WriteDelta(Utf8JsonWriter json, int index, string piece)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteStartObject(Type);
        json.WriteString(ArgumentsName, piece);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string ArgumentsName => Type == "custom" ? "input" : "arguments";

    private void WriteBody(Utf8JsonWriter json, string arguments)
    {
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, Type);
        json.WriteStartObject(Type);
        json.WriteString("name"u8, Name);
        json.WriteString(ArgumentsName, arguments);
        json.WriteEndObject();
        if (Signature is { } signature)
        {
            json.WriteStartObject("extra_content"u8);
            json.WriteStartObject("google"u8);
            json.WriteString("thought_signature"u8, signature);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
