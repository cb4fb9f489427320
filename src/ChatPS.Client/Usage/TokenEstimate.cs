using System.Text;

namespace ChatPS.Client.Usage;

/// <summary>About how many tokens a request has, before the service has counted them.</summary>
internal static class TokenEstimate
{
    // English text has about four bytes a token, other scripts fewer. Rather too many than too few: the estimate guards limits.
    private const int BytesPerToken = 3;
    private const int TokensPerMessage = 8;

    // What a large image costs at most services; files and sound may be longer or shorter.
    private const int TokensPerAttachment = 1500;

    /// <summary>Estimates the tokens of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The tokens.</returns>
    public static int FromMessage(ChatMessage message) => TokensPerMessage
        + message.Content.Sum(part => part.Type is "text" or "refusal" ? FromText(part.Text) : TokensPerAttachment)
        + message.ToolCalls.Sum(call => FromText(call.Arguments));

    /// <summary>Estimates the tokens of text or JSON.</summary>
    /// <param name="utf8Bytes">Its length in UTF-8.</param>
    /// <returns>The tokens, at least 1.</returns>
    public static int FromBytes(long utf8Bytes) => (int)Math.Min(int.MaxValue, Math.Max(1, (utf8Bytes + BytesPerToken - 1) / BytesPerToken));

    /// <summary>Estimates the tokens of a request.</summary>
    /// <param name="utf8Bytes">The length of all that is sent.</param>
    /// <param name="messages">Its messages, whose attachments do not count by their length.</param>
    /// <returns>The tokens, at least 1.</returns>
    public static int FromRequest(long utf8Bytes, IEnumerable<ChatMessage> messages)
    {
        ChatContent[] attachments = [.. messages.SelectMany(message => message.Content).Where(part => part.Type is not ("text" or "refusal"))];
        long length = attachments.Sum(part => (part.Url?.Length ?? 0L) + (part.Data?.Length ?? 0));
        return (int)Math.Min(int.MaxValue, FromBytes(Math.Max(0, utf8Bytes - length)) + ((long)attachments.Length * TokensPerAttachment));
    }

    private static int FromText(string? text) => text is { Length: > 0 } ? FromBytes(Encoding.UTF8.GetByteCount(text)) : 0;
}
