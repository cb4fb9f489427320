using ChatPS.Client.Connections;
using ChatPS.Client.Log;

namespace ChatPS.Client.Calls;

/// <summary>What is entered of a call in the log of its connection: gathered on the way, written at its end.</summary>
/// <param name="log">The log.</param>
internal sealed class CallRecord(AuditLog log)
{
#if NET8_0_OR_GREATER
    private static readonly int ProcessId = Environment.ProcessId;
#else
    private static readonly int ProcessId = System.Diagnostics.Process.GetCurrentProcess().Id;
#endif

    private string? _answer;
    private string? _errorId;

    /// <summary>Gets or sets what was called, such as <c>POST /v1/chat/completions</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Notes an answer.</summary>
    /// <param name="answer">The answer, as users see it.</param>
    /// <param name="raw">Its JSON, which stands for what is no text.</param>
    public void Answered(object? answer, string raw)
    {
        if (log.Content != LogContent.None)
        {
            string text = answer switch
            {
                string whole => whole,
                ChatAnswer whole => whole.Text,
                IEnumerable<ChatAnswerUpdate> pieces => string.Concat(pieces.Where(piece => piece.Index == 0).Select(piece => piece.Text)),
                _ => "",
            };
            _answer = text.Length > 0 ? text : raw;
        }
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="errorId">Its kind.</param>
    /// <param name="partial">The text that had arrived; null for none.</param>
    public void Failed(string errorId, string? partial = null)
    {
        _errorId = errorId;
        _answer = partial is { Length: > 0 } && log.Content != LogContent.None ? partial : _answer;
    }

    /// <summary>Enters the call.</summary>
    /// <param name="call">The call, which has ended.</param>
    public void Enter(CallContext call)
    {
        bool isFull = log.Content == LogContent.Full;
        string? prompt = log.Content == LogContent.None ? null : Redactor.RedactOptional(call.Settings.Subject?.Prompt(), call.Secrets);
        string? answer = Redactor.RedactOptional(_answer, call.Secrets);
        bool wasCancelled = !call.HasSucceeded && _errorId is null && call.Deadline.CallerCancelled;
        ChatLogEntry entry = new()
        {
            Time = call.At - call.Elapsed,
            User = Environment.UserName,
            Host = Environment.MachineName,
            ProcessId = ProcessId,
            Connection = call.ConnectionName,
            Service = Redactor.Redact(call.Connection.BaseUri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), call.Secrets),
            Endpoint = Redactor.RedactOptional(Endpoint, call.Secrets),
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
            Outcome = call.HasSucceeded && _errorId is null ? "Success" : wasCancelled ? "Cancelled" : "Failed",
            ErrorId = _errorId,
        };
        if (log.Enter(entry) is { } warning)
        {
            call.Settings.Warning?.Invoke(warning);
        }
    }
}
