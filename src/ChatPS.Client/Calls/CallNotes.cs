namespace ChatPS.Client.Calls;

/// <summary>What is noted of a call on its way, for the log of its connection.</summary>
internal sealed class CallNotes
{
    /// <summary>Gets or sets what was called, such as <c>POST /v1/chat/completions</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Gets what was answered; null where nothing was.</summary>
    public string? Answer { get; private set; }

    /// <summary>Gets the kind of failure; null where the call did not fail.</summary>
    public string? ErrorId { get; private set; }

    /// <summary>Notes an answer.</summary>
    /// <param name="answer">The answer, as users see it.</param>
    /// <param name="raw">Its JSON, which stands for what is no text.</param>
    public void Answered(object? answer, string raw)
    {
        string text = answer switch
        {
            string whole => whole,
            ChatAnswer whole => whole.Text,
            IEnumerable<ChatAnswerUpdate> pieces => string.Concat(pieces.Where(piece => piece.Index == 0).Select(piece => piece.Text)),
            IReadOnlyList<ChatImage> { Count: > 0 } images => images[0].Raw,
            _ => "",
        };
        Answer = text.Length > 0 ? text : raw;
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="errorId">Its kind.</param>
    /// <param name="partial">The text that had arrived; null for none.</param>
    public void Failed(string errorId, string? partial = null)
    {
        ErrorId = errorId;
        Answer = partial is { Length: > 0 } ? partial : Answer;
    }
}
