namespace ChatPS;

/// <summary>How answers and messages come to their media: the module sets it, since finding them takes the engine, which plain objects do not know.</summary>
internal static class MediaFinder
{
    /// <summary>Finds those of an answer.</summary>
    internal static Func<ChatCompletion, ChatMedia[]>? OfAnswer;

    /// <summary>Finds those of a message.</summary>
    internal static Func<ChatMessage, ChatMedia[]>? OfMessage;
}
