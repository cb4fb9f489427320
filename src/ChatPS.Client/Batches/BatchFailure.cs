using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>Says what it means that a request of a batch has no answer, in the words of a live call.</summary>
internal static class BatchFailure
{
    /// <summary>The way out where asking again may help.</summary>
    public const string Again = "Start-ChatBatch -RetryFailed asks for it again.";

    // What OpenAI calls it: both are failures of time, and this tells them apart.
    private const string Expired = "batch_expired";
    private const string Stopped = "batch_cancelled";

    /// <summary>Makes the failure.</summary>
    /// <param name="outcome">What came of the request, which is no answer.</param>
    /// <param name="call">The call that stands for it.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException Of(BatchOutcome outcome, CallContext call)
    {
        if (outcome.Result is not { } result)
        {
            return outcome.Trouble is { } trouble ? new ChatServiceException(trouble.ErrorId, trouble.Message, trouble.RecommendedAction)
                : outcome.IsDamaged
                ? new ChatServiceException(ErrorIds.BadResponse, FormattableString.Invariant($"The result of request {outcome.Number} cannot be read."), Again)
                : Missing(outcome);
        }

        if (result.NotRun is { } status)
        {
            return NotRun(status, outcome.Part, Redactor.RedactOptional(result.Code, call.Secrets));
        }

        call.RequestId = result.RequestId;
        return result.StatusCode is 0 or (>= 200 and < 300) && ApiError.TryParse(result.Body, out ApiError? error) ? FailureMapper.FromPayload(error, result.Body!, call)
            : FailureMapper.FromAnswer(result.StatusCode, headers: null, result.Body ?? Coded(result.Code), call);
    }

    /// <summary>Whether asking again may go better: the service was at fault, or time, but not the request.</summary>
    /// <param name="outcome">What came of the request, which is no answer.</param>
    /// <param name="call">The call that stands for it.</param>
    /// <returns>Whether it may.</returns>
    public static bool MayGoBetter(BatchOutcome outcome, CallContext call) => outcome.Result is null or { NotRun: not null } || MayGoBetter(Of(outcome, call));

    /// <summary>Whether asking again may go better after a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Whether it may.</returns>
    public static bool MayGoBetter(ChatServiceException failure) => failure.ErrorId is not (ErrorIds.InvalidRequest or ErrorIds.ContextTooLong or ErrorIds.ContentFiltered or ErrorIds.ModelNotFound);

    private static ChatServiceException Missing(BatchOutcome outcome) => outcome.Part is { } part
        ? part.IsLost ? new ChatServiceException(ErrorIds.BadResponse, FormattableString.Invariant($"The service knows nothing of part {part.Number} of the batch any more: {Printable.Text(part.Reason ?? "")}"), $"Check that the connection is of the account that started the batch. {Again}")
            : part.IsDone ? NotRun(part.Status, part, code: null)
            : new ChatServiceException(ErrorIds.Timeout, FormattableString.Invariant($"The request has no answer yet: part {part.Number} of the batch is {Word(part.Status)}."), "Wait for it with Wait-ChatBatch, and receive the batch again.")
        : new ChatServiceException(ErrorIds.BadResponse, FormattableString.Invariant($"No result tells of request {outcome.Number}."), Again);

    private static ChatServiceException NotRun(ChatBatchStatus status, BatchPart? part, string? code)
    {
        string which = part is null ? "Its part of the batch" : FormattableString.Invariant($"Part {part.Number} of the batch");
        string why = part?.Reason is { Length: > 0 } reason ? $": {Printable.Text(reason).TrimEnd('.')}." : ".";
        return status switch
        {
            ChatBatchStatus.Expired => new ChatServiceException(ErrorIds.Timeout, $"The request was not run: the time of the batch ran out{why}", Again) { ServiceCode = code ?? Expired },
            ChatBatchStatus.Cancelled => new ChatServiceException(ErrorIds.Timeout, $"The request was not run: {Lower(which)} was stopped{why}", Again) { ServiceCode = code ?? Stopped },
            ChatBatchStatus.Failed => new ChatServiceException(ErrorIds.InvalidRequest, $"The request was not run. {which} was refused as a whole{why}", $"Mend what the service names. {Again}") { ServiceCode = code },
            _ => new ChatServiceException(ErrorIds.BadResponse, $"{which} is done, and its results do not tell of the request{why}", Again) { ServiceCode = code },
        };
    }

    private static string Lower(string words) => char.ToLowerInvariant(words[0]) + words.Substring(1);

    private static string Word(ChatBatchStatus status) => status switch
    {
        ChatBatchStatus.Waiting or ChatBatchStatus.Writing => "not started",
        ChatBatchStatus.Cancelling => "being stopped",
        _ => "under way",
    };

    // A code without a body says something, too.
    private static string? Coded(string? code) => code is null ? null : $"{{\"error\":{{\"message\":\"{JsonEncodedText.Encode(code)}\",\"code\":\"{JsonEncodedText.Encode(code)}\"}}}}";
}
