using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Batches;

/// <summary>The lines of OpenAI's batches: a request each in the file that is uploaded, what became of one each in the files that come back.</summary>
internal static class OpenAIBatchLine
{
    private const int Success = 200;

    /// <summary>Writes a request.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="url">The endpoint with its version.</param>
    /// <param name="body">The request as JSON.</param>
    public static void Write(Stream target, string id, string url, ArraySegment<byte> body) => BatchLine.Write(target, json =>
    {
        json.WriteString("custom_id"u8, id);
        json.WriteString("method"u8, "POST"u8);
        json.WriteString("url"u8, url);
        json.WritePropertyName("body"u8);
        json.WriteRawValue(body.AsSpan(), skipInputValidation: true);
    });

    /// <summary>Reads the id of a result, or of a request.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The id; null where the line has none.</returns>
    public static string? ReadId(ReadOnlySpan<byte> line) => BatchLine.Text(line, "custom_id");

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What became of the request; null where the line is damaged or tells nothing.</returns>
    public static BatchResult? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return BatchLine.Read(line) is { } read ? Read(read) : null;
        }
        catch (InvalidOperationException)
        {
            // Text that is no UTF-8.
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
