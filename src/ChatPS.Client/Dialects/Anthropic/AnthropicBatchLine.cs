using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Batches;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>A line of a Message Batch: a request as it goes in, a result as it comes out.</summary>
internal static class AnthropicBatchLine
{
    /// <summary>Writes a request.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="body">The request as it would be sent live.</param>
    public static void Write(Stream target, string id, ArraySegment<byte> body)
    {
        using JsonDocument request = JsonDocument.Parse(body.AsMemory());
        BatchLine.Write(target, json =>
        {
            json.WriteString("custom_id"u8, id);
            json.WriteStartObject("params"u8);
            foreach (JsonProperty member in request.RootElement.EnumerateObject())
            {
                // Nothing is streamed there, and the service refuses it.
                if (!member.NameEquals("stream"u8))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Reads the id of a result, or of a request.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The id; null for none.</returns>
    public static string? ReadId(ReadOnlySpan<byte> line) => BatchLine.Text(line, "custom_id");

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The result; null where it cannot be understood.</returns>
    public static BatchResult? Read(ReadOnlySpan<byte> line)
    {
        if (BatchLine.Read(line) is not { } root || JsonText.Member(root, "custom_id") is not { ValueKind: JsonValueKind.String } id || JsonText.Member(root, "result") is not { } result)
        {
            return null;
        }

        string name = JsonText.Read(id)!;
        string? type = JsonText.Member(result, "type") is { } said ? JsonText.Read(said) : null;
        return type switch
        {
            "succeeded" when JsonText.Member(result, "message") is { ValueKind: JsonValueKind.Object } message => new BatchResult(name, message.GetRawText(), 200),
            "errored" => Failed(name, JsonText.Member(result, "error")),
            "canceled" => new BatchResult(name, null, 0) { NotRun = ChatBatchStatus.Cancelled, Code = type },
            "expired" => new BatchResult(name, null, 0) { NotRun = ChatBatchStatus.Expired, Code = type },
            _ => null,
        };
    }

    // The error is wrapped as a live one is, so that it stands below two members of that name; relatives may leave one out.
    private static BatchResult Failed(string id, JsonElement? error)
    {
        if (error is not { ValueKind: JsonValueKind.Object } outer)
        {
            return new BatchResult(id, null, 0) { Code = "errored" };
        }

        bool isWrapped = JsonText.Member(outer, "error") is { ValueKind: JsonValueKind.Object };
        JsonElement inner = isWrapped ? JsonText.Member(outer, "error")!.Value : outer;
        string? type = JsonText.Member(inner, "type") is { } said ? JsonText.Read(said) : null;
        return new BatchResult(id, isWrapped ? outer.GetRawText() : $$"""{"type":"error","error":{{outer.GetRawText()}}}""", StatusOf(type))
        {
            RequestId = JsonText.Member(outer, "request_id") is { } request ? JsonText.Read(request) : null,
        };
    }

    private static int StatusOf(string? type) => type switch
    {
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "api_error" => 500,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 400,
    };
}
