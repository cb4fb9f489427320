using ChatPS.Client.Connections;
using ChatPS.Client.Log;

namespace ChatPS.Client.Calls;

/// <summary>Enters calls in the log of their connection.</summary>
internal static class CallLog
{
#if NET8_0_OR_GREATER
    private static readonly int ProcessId = Environment.ProcessId;
#else
    private static readonly int ProcessId = System.Diagnostics.Process.GetCurrentProcess().Id;
#endif

    /// <summary>Enters a call.</summary>
    /// <param name="log">The log.</param>
    /// <param name="call">The call, which has ended.</param>
    public static void Enter(AuditLog log, CallContext call)
    {
        CallNotes notes = call.Notes!;
        bool isFull = log.Content == LogContent.Full;
        string? prompt = log.Content == LogContent.None ? null : Redactor.RedactOptional(call.Settings.Subject?.Prompt(), call.Secrets);
        string? answer = log.Content == LogContent.None ? null : Redactor.RedactOptional(notes.Answer, call.Secrets);
        bool wasCancelled = !call.HasSucceeded && notes.ErrorId is null && call.Deadline.CallerCancelled;
        ChatLogEntry entry = new()
        {
            Time = call.At - call.Elapsed,
            User = Environment.UserName,
            Host = Environment.MachineName,
            ProcessId = ProcessId,
            Connection = call.ConnectionName,
            Service = Redactor.Redact(call.Connection.BaseUri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), call.Secrets),
            Endpoint = Redactor.RedactOptional(notes.Endpoint, call.Secrets),
            RequestedModel = Redactor.RedactOptional(call.Model, call.Secrets),
            Model = Redactor.RedactOptional(call.AnsweredModel, call.Secrets),
            Item = call.Settings.Subject?.Item,
            ItemCount = call.Settings.Subject?.Count ?? 1,
            Prompt = isFull ? prompt : null,
            PromptHash = isFull || prompt is null ? null : AuditLine.Hash(prompt),
            Answer = isFull ? answer : null,
            AnswerHash = isFull || answer is null ? null : AuditLine.Hash(answer),
            InputTokens = call.Usage?.InputTokens,
            CachedTokens = call.Usage?.CachedTokens,
            OutputTokens = call.Usage?.OutputTokens,
            TotalTokens = call.Usage?.TotalTokens,
            Cost = call.Cost,
            Duration = call.Elapsed,
            Attempts = call.Attempts,
            RequestId = Redactor.RedactOptional(call.RequestId, call.Secrets),
            Outcome = call.HasSucceeded && notes.ErrorId is null ? "Success" : wasCancelled ? "Cancelled" : "Failed",
            ErrorId = notes.ErrorId,
        };
        if (log.Enter(entry) is { } warning)
        {
            call.Settings.Warning?.Invoke(warning);
        }
    }
}
