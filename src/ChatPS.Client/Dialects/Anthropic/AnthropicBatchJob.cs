using System.Globalization;
using ChatPS.Api.Anthropic;
using ChatPS.Api.Errors;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Reads what the service tells of a batch.</summary>
internal static class AnthropicBatchJob
{
    /// <summary>The name of the results, of which a batch has one file.</summary>
    public const string Results = "results";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <summary>Reads a batch.</summary>
    /// <param name="batch">The batch on the wire.</param>
    /// <param name="call">The call.</param>
    /// <returns>The job.</returns>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static BatchJob Read(MessageBatch batch, CallContext call)
    {
        bool hasEnded = batch.ProcessingStatus == "ended";
        MessageBatchCounts counts = batch.RequestCounts ?? new MessageBatchCounts();
        return new BatchJob(batch.Id is { Length: > 0 } id ? Redactor.Redact(id, call.Secrets) : throw new WireFormatException("The answer is no batch.", batch.Raw), StatusOf(batch, counts))
        {
            Total = batch.RequestCounts is null ? null : Sum(counts.Processing, counts.Succeeded, counts.Errored, counts.Canceled, counts.Expired),

            // Until the batch ends, 0 says nothing.
            Completed = hasEnded || counts.Succeeded > 0 ? counts.Succeeded : null,
            Failed = hasEnded || counts.Errored > 0 ? counts.Errored : null,
            CreatedAt = Time(batch.CreatedAt),
            ExpiresAt = Time(batch.ExpiresAt),
            EndedAt = Time(batch.EndedAt),
            Reason = batch.ArchivedAt is { } archived ? $"The service has thrown its results away ({Printable.Line(archived, 40)})." : null,
            Results = hasEnded && batch.ArchivedAt is null && batch.ResultsUrl is { Length: > 0 } ? [Results] : [],
            Raw = Redactor.Redact(batch.Raw, call.Secrets),
        };
    }

    private static ChatBatchStatus StatusOf(MessageBatch batch, MessageBatchCounts counts) => batch.ProcessingStatus switch
    {
        "canceling" => ChatBatchStatus.Cancelling,
        "ended" => counts.Canceled > 0 && batch.CancelInitiatedAt is not null ? ChatBatchStatus.Cancelled : counts.Expired > 0 && HasExpired(batch) ? ChatBatchStatus.Expired : ChatBatchStatus.Completed,
        _ => ChatBatchStatus.InProgress,
    };

    private static int Sum(params int?[] counts) => (int)Math.Min(int.MaxValue, Math.Max(0, counts.Sum(count => (long)(count ?? 0))));

    private static bool HasExpired(MessageBatch batch) => !(Time(batch.EndedAt) < Time(batch.ExpiresAt) - Margin);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
}
