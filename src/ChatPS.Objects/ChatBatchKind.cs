namespace ChatPS;

/// <summary>What the requests of a batch ask for.</summary>
public enum ChatBatchKind
{
    /// <summary>Answers to chats, as Invoke-ChatCompletion asks for them.</summary>
    Chat,

    /// <summary>Answers in the Responses dialect, as Invoke-ChatCompletion asks for them there.</summary>
    Response,

    /// <summary>Texts, as Invoke-ChatTextCompletion asks for them.</summary>
    TextCompletion,

    /// <summary>Vectors, as Get-ChatEmbedding asks for them.</summary>
    Embedding,

    /// <summary>Moderations, as Test-ChatModeration asks for them.</summary>
    Moderation,
}
