using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Batches;

/// <summary>The lines of OpenAI's batches: a request each in the file that is uploaded, what became of one each in the files that come back.</summary>
internal static class OpenAIBatchLine
{
    private const int Success = 200;

    /// <summary>Writes a request: UTF-8 without a mark at the beginning, and one line feed at the end.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="url">The endpoint with its version.</param>
    /// <param name="body">The request as JSON.</param>
    public static void Write(Stream target, string id, string url, ArraySegment<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes($$"""{"custom_id":"{{id}}","method":"POST","url":"{{url}}","body":""");
        target.Write(head, 0, head.Length);
        if (body.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            // Within JSON, breaks stand between its members alone.
            body = new ArraySegment<byte>([.. body.Select(one => one is (byte)'\n' or (byte)'\r' ? (byte)' ' : one)]);
        }

        target.Write(body.Array!, body.Offset, body.Count);
        target.Write([(byte)'}', (byte)'\n'], 0, 2);
    }

    /// <summary>Reads the id of a result.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The id; null where the line has none.</returns>
    public static string? ReadId(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("custom_id"u8);
                reader.Read();
                if (isId)
                {
                    return reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : null;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Damaged.
        }

        return null;
    }

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What became of the request; null where the line is damaged or tells nothing.</returns>
    public static BatchResult? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);

            // Two lines that have run into each other are none.
            return reader.Read() ? null : Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BatchResult? Read(JsonElement line)
    {
        if (JsonText.Member(line, "custom_id") is not { ValueKind: JsonValueKind.String } name || JsonText.Read(name) is not { Length: > 0 } id)
        {
            return null;
        }

        JsonElement? response = JsonText.Member(line, "response");
        string? requestId = response is { } told && JsonText.Member(told, "request_id") is { } given && JsonText.Read(given) is { Length: > 0 } text ? text : null;
        if (response is { } answer && JsonText.Member(answer, "body") is { } body && Body(body) is { } json)
        {
            return new BatchResult(id, json, Status(answer, body)) { RequestId = requestId };
        }

        if (JsonText.Member(line, "error") is { } error)
        {
            string? code = Text(error, "code") ?? Text(error, "type");
            ChatBatchStatus? notRun = NotRun(code);
            return new BatchResult(id, notRun is null ? $$"""{"error":{{error.GetRawText()}}}""" : null, response is { } failed ? Status(failed) ?? 0 : 0)
            {
                NotRun = notRun,
                Code = code,
                RequestId = requestId,
            };
        }

        // A status alone tells that it failed, but not why.
        return response is { } bare && Status(bare) is { } status && status != Success ? new BatchResult(id, null, status) { RequestId = requestId } : null;
    }

    // Some gateways put the body into a text.
    private static string? Body(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Object => body.GetRawText(),
        JsonValueKind.String when JsonText.Read(body) is { Length: > 0 } text => text,
        _ => null,
    };

    private static int Status(JsonElement response, JsonElement body) => Status(response) ?? (JsonText.Member(body, "error") is null ? Success : 0);

    private static int? Status(JsonElement response) =>
        JsonText.Member(response, "status_code") is { } status && int.TryParse(JsonText.Read(status), NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : null;

    private static ChatBatchStatus? NotRun(string? code) => code is null ? null
        : code.Contains("expired", StringComparison.OrdinalIgnoreCase) ? ChatBatchStatus.Expired
        : code.Contains("cancel", StringComparison.OrdinalIgnoreCase) ? ChatBatchStatus.Cancelled
        : null;

    private static string? Text(JsonElement element, string member) => JsonText.Member(element, member) is { } value && JsonText.Read(value) is { Length: > 0 } text ? text : null;
}
