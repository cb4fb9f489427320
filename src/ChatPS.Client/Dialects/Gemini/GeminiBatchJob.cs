using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Generations;
using ChatPS.Api.Wire;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>Reads the operations that batches come as.</summary>
internal static class GeminiBatchJob
{
    /// <summary>What stands for results that came with the batch itself.</summary>
    public const string Inline = "inline";

    // What is done may stand below the operation's metadata, or below its response, with a level more or less.
    private static readonly string[][] Outputs = [["metadata", "output"], ["response", "output"], ["response"]];

    private static readonly string[] InlineLists = ["inlinedResponses", "inlinedEmbedContentResponses"];

    /// <summary>Reads a batch.</summary>
    /// <param name="answer">The operation.</param>
    /// <param name="call">The call.</param>
    /// <returns>The job.</returns>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static BatchJob Read(GenerationAnswer answer, CallContext call)
    {
        if (JsonText.Member(answer.Root, "name") is null)
        {
            // What says that it failed, and names no batch, is the failure of the call.
            throw new WireFormatException("The answer is no batch.", answer.Raw);
        }

        return Read(answer.Root, call);
    }

    /// <summary>Reads a batch that stands in a list.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="call">The call.</param>
    /// <returns>The job.</returns>
    public static BatchJob Read(JsonElement operation, CallContext call)
    {
        JsonElement about = JsonText.Member(operation, "metadata") ?? operation;
        int? total = Count(about, "requestCount");
        ChatBatchStatus status = StatusOf(operation, about);
        int? errorCode = Find(operation, "error", "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out int read) ? read : null;
        return new BatchJob(Redactor.Redact(Text(operation, "name") ?? "", call.Secrets), status)
        {
            Total = total,
            Completed = Count(about, "successfulRequestCount"),
            Failed = Count(about, "failedRequestCount"),
            Name = Redactor.RedactOptional(Text(about, "displayName"), call.Secrets),
            Model = Text(about, "model") is { } model ? Redactor.Redact(GeminiModelName.ToId(model), call.Secrets) : null,
            CreatedAt = Time(about, "createTime"),
            EndedAt = Time(about, "endTime"),
            Reason = Find(operation, "error", "message") is { } message ? Redactor.RedactOptional(JsonText.Read(message), call.Secrets) : null,
            IsQueueFull = status == ChatBatchStatus.Failed && errorCode == GeminiStatus.Exhausted,
            Results = ResultsOf(operation),
            Raw = Redactor.Redact(operation.GetRawText(), call.Secrets),
        };
    }

    /// <summary>Finds the results that came with a batch.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>The results, one each.</returns>
    public static IEnumerable<JsonElement> Results(JsonElement operation) =>
        Outputs.SelectMany(path => InlineLists.Select(list => List(Find(operation, path), list))).FirstOrDefault(list => list is not null)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    private static IReadOnlyList<string> ResultsOf(JsonElement operation)
    {
        foreach (string[] path in Outputs)
        {
            if (Find(operation, path) is { } output)
            {
                if (Text(output, "responsesFile") is { Length: > 0 } file)
                {
                    return [file];
                }

                if (Array.Exists(InlineLists, list => List(output, list) is not null))
                {
                    return [Inline];
                }
            }
        }

        return [];
    }

    // The list has the name of what it lies in.
    private static JsonElement? List(JsonElement? output, string name)
    {
        JsonElement? at = output is { } there ? JsonText.Member(there, name) : null;
        JsonElement? list = at is { ValueKind: JsonValueKind.Object } holder ? JsonText.Member(holder, "inlinedResponses") : at;
        return list is { ValueKind: JsonValueKind.Array } ? list : null;
    }

    private static ChatBatchStatus StatusOf(JsonElement operation, JsonElement about)
    {
        string state = Text(about, "state") ?? "";
        return state.Replace("BATCH_STATE_", "").Replace("JOB_STATE_", "") switch
        {
            "SUCCEEDED" or "PARTIALLY_SUCCEEDED" => ChatBatchStatus.Completed,
            "FAILED" => ChatBatchStatus.Failed,
            "CANCELLED" => ChatBatchStatus.Cancelled,
            "CANCELLING" => ChatBatchStatus.Cancelling,
            "EXPIRED" => ChatBatchStatus.Expired,
            "" or "UNSPECIFIED" when JsonText.Member(operation, "error") is not null => ChatBatchStatus.Failed,
            "" or "UNSPECIFIED" when JsonText.Member(operation, "done") is { ValueKind: JsonValueKind.True } => ChatBatchStatus.Completed,
            _ => ChatBatchStatus.InProgress,
        };
    }

    private static JsonElement? Find(JsonElement json, params string[] path)
    {
        JsonElement? at = json;
        foreach (string name in path)
        {
            at = at is { } here ? JsonText.Member(here, name) : null;
        }

        return at;
    }

    private static string? Text(JsonElement json, string name) => JsonText.Member(json, name) is { } member ? JsonText.Read(member) : null;

    // Google writes whole numbers of 64 bits as text.
    private static int? Count(JsonElement about, string name) =>
        Find(about, "batchStats", name) is { } count && int.TryParse(JsonText.Read(count), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static DateTimeOffset? Time(JsonElement about, string name) =>
        DateTimeOffset.TryParse(Text(about, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
}
