using System.Globalization;
using ChatPS.Api.Batches;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Batches;

/// <summary>Reads what a service says of a job in OpenAI's form, with the liberties that Azure and gateways take.</summary>
internal static class OpenAIBatchJob
{
    /// <summary>The label that carries the name of a part.</summary>
    public const string NameLabel = "chatps_part";

    private const int MostReasons = 3;
    private const int LongestReason = 500;

    // What services call it that their queue holds no more, without what they put between the words.
    private static readonly string[] QueueWords = ["tokenlimit", "enqueued", "queuelimit", "queuefull", "batchlimit", "toomanybatches"];

    /// <summary>Reads a job.</summary>
    /// <param name="batch">What the service says.</param>
    /// <param name="id">The id that was asked for; null where the answer itself must name one.</param>
    /// <param name="form">How the service differs.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <returns>The job; null where it has no id.</returns>
    public static BatchJob? Read(Batch batch, string? id, OpenAIBatchForm form, Secrets secrets)
    {
        if ((batch.Id ?? id) is not { Length: > 0 } known)
        {
            return null;
        }

        ChatBatchStatus status = Status(batch.Status);
        IReadOnlyList<BatchError> errors = status == ChatBatchStatus.Failed ? batch.Errors?.Data ?? [] : [];
        return new BatchJob(known, status)
        {
            Total = batch.RequestCounts?.Total is > 0 and var total ? total : null,
            Completed = batch.RequestCounts?.Completed,
            Failed = batch.RequestCounts?.Failed,
            Name = batch.Metadata is { } labels && labels.TryGetValue(NameLabel, out string? name) ? name : null,
            Model = batch.Model,
            CreatedAt = UnixTime.From(batch.CreatedAt),
            ExpiresAt = form.Expires ? UnixTime.From(batch.ExpiresAt) : null,
            EndedAt = UnixTime.From(EndOf(batch, status)),
            Reason = errors.Count > 0 ? Redactor.Redact(Reason(errors), secrets) : null,
            IsQueueFull = errors.Count > 0 && errors.All(error => IsQueueFull(error.Code, error.Message)),
            Results = [.. new[] { batch.OutputFileId, batch.ErrorFileId }.Where(file => file is { Length: > 0 }).Select(file => file!)],
            Raw = Redactor.Redact(batch.Raw, secrets),
        };
    }

    /// <summary>Whether a service says that its queue holds no more.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">Its words.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsQueueFull(string? code, string? message)
    {
        string plain = Plain(code);
        return Array.Exists(QueueWords, word => plain.Contains(word, StringComparison.Ordinal)) || message?.Contains("enqueued token", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>Reads a status, however it is written. What is not known is work in progress.</summary>
    /// <param name="status">The service's word.</param>
    /// <returns>The status.</returns>
    public static ChatBatchStatus Status(string? status) => Plain(status) switch
    {
        "validating" => ChatBatchStatus.Validating,
        "failed" => ChatBatchStatus.Failed,
        "finalizing" or "finalising" => ChatBatchStatus.Finalizing,
        "completed" => ChatBatchStatus.Completed,
        "expired" => ChatBatchStatus.Expired,
        "cancelling" or "canceling" => ChatBatchStatus.Cancelling,
        "cancelled" or "canceled" => ChatBatchStatus.Cancelled,
        _ => ChatBatchStatus.InProgress,
    };

    private static long? EndOf(Batch batch, ChatBatchStatus status) => status switch
    {
        ChatBatchStatus.Completed => batch.CompletedAt,
        ChatBatchStatus.Failed => batch.FailedAt,
        ChatBatchStatus.Expired => batch.ExpiredAt,
        ChatBatchStatus.Cancelled => batch.CancelledAt,
        _ => null,
    };

    private static string Reason(IReadOnlyList<BatchError> errors)
    {
        string reasons = string.Join(" ", errors.Take(MostReasons).Select(Words));
        return Printable.Line(errors.Count > MostReasons ? string.Format(CultureInfo.InvariantCulture, "{0} There are {1} more such errors.", reasons, errors.Count - MostReasons) : reasons, LongestReason);
    }

    private static string Words(BatchError error)
    {
        string words = error.Message is { Length: > 0 } message ? message : error.Code ?? "The service gives no reason.";
        return error.Line is { } line ? string.Format(CultureInfo.InvariantCulture, "Line {0}: {1}", line, words) : words;
    }

    private static string Plain(string? word) => new([.. (word ?? "").Where(char.IsLetter).Select(char.ToLowerInvariant)]);
}
