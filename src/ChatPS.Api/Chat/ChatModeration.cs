using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The moderation of a chat completion.</summary>
public sealed class ChatModeration : WireObject
{
    /// <summary>That of the messages sent.</summary>
    public ChatModerationOutcome? Input { get; set; }

    /// <summary>That of the answer.</summary>
    public ChatModerationOutcome? Output { get; set; }
}
