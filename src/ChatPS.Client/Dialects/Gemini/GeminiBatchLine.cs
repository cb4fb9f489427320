using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Batches;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>A line of a batch of Gemini: a request as it goes in, a result as it comes out.</summary>
internal static class GeminiBatchLine
{
    /// <summary>Writes a request as a line of a file.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="kind">What it asks for.</param>
    /// <param name="body">The request as it would be sent live.</param>
    /// <exception cref="ChatServiceException">It asks for the vectors of several texts.</exception>
    public static void Write(Stream target, string id, ChatBatchKind kind, ArraySegment<byte> body)
    {
        using JsonDocument live = JsonDocument.Parse(body.AsMemory());
        BatchLine.Write(target, json =>
        {
            json.WriteString("key"u8, id);
            json.WriteStartObject("request"u8);
            if (kind == ChatBatchKind.Embedding)
            {
                WriteText(json, live.RootElement);
            }
            else
            {
                // The address names the model.
                WriteMembers(json, live.RootElement, "model");
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Writes the lines of a file as the requests of a body.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="model">The model, with its collection.</param>
    public static void WriteInline(Utf8JsonWriter json, IEnumerable<string> lines, string model)
    {
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            json.WriteStartObject();
            json.WriteStartObject("request"u8);
            json.WriteString("model"u8, model);
            WriteMembers(json, document.RootElement.GetProperty("request"), "model");
            json.WriteEndObject();
            json.WriteStartObject("metadata"u8);
            json.WriteString("key"u8, document.RootElement.GetProperty("key").GetString());
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>Reads the id of a result, or of a request.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The id; null for none.</returns>
    public static string? ReadId(ReadOnlySpan<byte> line) => BatchLine.Text(line, "key") ?? BatchLine.Text(line, "metadata", "key");

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The result; null where it cannot be understood.</returns>
    public static BatchResult? Read(ReadOnlySpan<byte> line)
    {
        if (ReadId(line) is not { } id || BatchLine.Read(line) is not { } root)
        {
            return null;
        }

        // A response may come with a status that says that all is well.
        return JsonText.Member(root, "response") is { ValueKind: JsonValueKind.Object } response ? new BatchResult(id, LiveForm(response), 200)
            : (JsonText.Member(root, "error") ?? JsonText.Member(root, "status")) is { ValueKind: JsonValueKind.Object } error ? Failed(id, error)
            : null;
    }

    private static BatchResult Failed(string id, JsonElement error)
    {
        int code = JsonText.Member(error, "code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int read) ? read : 2;
        if (code == GeminiStatus.Cancelled)
        {
            return new BatchResult(id, null, 0) { NotRun = ChatBatchStatus.Cancelled, Code = GeminiStatus.Name(code) };
        }

        using MemoryStream body = new();
        BatchLine.Write(body, json =>
        {
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, GeminiStatus.ToHttp(code));
            WriteMembers(json, error, "code");
            if (JsonText.Member(error, "status") is null && GeminiStatus.Name(code) is { } name)
            {
                json.WriteString("status"u8, name);
            }

            json.WriteEndObject();
        });
        return new BatchResult(id, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length - 1), GeminiStatus.ToHttp(code));
    }

    // Live, vectors come several at a time, and so the one of a batch is made a list of one.
    private static string LiveForm(JsonElement response)
    {
        if (JsonText.Member(response, "embedding") is not { } vector || JsonText.Member(response, "candidates") is not null)
        {
            return response.GetRawText();
        }

        string? tokens = JsonText.Member(response, "tokenCount") is { } count && long.TryParse(JsonText.Read(count), NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? FormattableString.Invariant($"{read}") : null;
        string usage = tokens is null || JsonText.Member(response, "usageMetadata") is not null
            ? JsonText.Member(response, "usageMetadata") is { } told ? $",\"usageMetadata\":{told.GetRawText()}" : ""
            : $",\"usageMetadata\":{{\"promptTokenCount\":{tokens}}}";
        return $"{{\"embeddings\":[{vector.GetRawText()}]{usage}}}";
    }

    private static void WriteText(Utf8JsonWriter json, JsonElement live)
    {
        JsonElement requests = live.GetProperty("requests");
        if (requests.GetArrayLength() != 1)
        {
            throw Failures.Invalid(FormattableString.Invariant($"A request of a batch asks for the vectors of {requests.GetArrayLength()} texts; Gemini takes one."), "Give each text as an item of its own.");
        }

        WriteMembers(json, requests[0], "");
        WriteMembers(json, live, "requests");
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonElement from, string except)
    {
        foreach (JsonProperty member in from.EnumerateObject())
        {
            if (!member.NameEquals(except))
            {
                member.WriteTo(json);
            }
        }
    }
}
