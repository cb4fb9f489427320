using ChatPS.Client.Connections;

namespace ChatPS.Client.Chat;

/// <summary>Takes the secrets of a call out of what a service answers. All else stays as it is: the text of a model is data.</summary>
internal static class AnswerMask
{
    /// <summary>Masks a message of the service, in its place.</summary>
    /// <param name="message">The message.</param>
    /// <param name="secrets">The secrets of the call.</param>
    public static void Mask(ChatMessage message, Secrets secrets)
    {
        foreach (ChatContent part in message.Content)
        {
            part.Text = Redactor.RedactOptional(part.Text, secrets);
            part.Url = Redactor.RedactOptional(part.Url, secrets);
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            call.Id = Redactor.RedactOptional(call.Id, secrets);
            call.Name = Redactor.Redact(call.Name, secrets);
            call.Arguments = Redactor.Redact(call.Arguments, secrets);
        }

        message.Role = Redactor.Redact(message.Role, secrets);
        message.Refusal = Redactor.RedactOptional(message.Refusal, secrets);
        message.Reasoning = Redactor.RedactOptional(message.Reasoning, secrets);
        if (message.Raw is not null)
        {
            // Only what is kept whole can have remarks beside it.
            message.Raw = Redactor.Redact(message.Raw, secrets);
            message.Commentary = Redactor.RedactOptional(message.Commentary, secrets);
        }

        for (int i = 0; i < message.Citations.Count; i++)
        {
            message.Citations[i] = Masked(message.Citations[i], secrets);
        }
    }

    /// <summary>Masks what tools of the service did.</summary>
    /// <param name="call">The call of such a tool.</param>
    /// <param name="secrets">The secrets of the call to the service.</param>
    /// <returns>What may be shown.</returns>
    public static ChatBuiltInCall Masked(ChatBuiltInCall call, Secrets secrets) => new()
    {
        Id = Redactor.RedactOptional(call.Id, secrets),
        Type = Redactor.Redact(call.Type, secrets),
        Name = Redactor.RedactOptional(call.Name, secrets),
        Status = Redactor.RedactOptional(call.Status, secrets),
        Input = Redactor.RedactOptional(call.Input, secrets),
        Output = Redactor.RedactOptional(call.Output, secrets),
        Sources = [.. call.Sources.Select(source => Masked(source, secrets))],
        Data = call.Data,
        Error = Redactor.RedactOptional(call.Error, secrets),
        Raw = Redactor.Redact(call.Raw, secrets),
    };

    private static ChatCitation Masked(ChatCitation citation, Secrets secrets) => new()
    {
        Title = Redactor.RedactOptional(citation.Title, secrets),
        Url = Redactor.RedactOptional(citation.Url, secrets),
        FileId = Redactor.RedactOptional(citation.FileId, secrets),
        StartIndex = citation.StartIndex,
        EndIndex = citation.EndIndex,
    };
}
