namespace ChatPS;

/// <summary>The answer of the legacy text completion.</summary>
public sealed class ChatTextCompletion : ChatAnswer
{
    /// <summary>All answers: <c>-N</c> for each prompt.</summary>
    public ChatTextChoice[] Choices { get; init; } = [];

    /// <summary>The service's mark of the configuration that answered.</summary>
    public string? SystemFingerprint { get; init; }
}
