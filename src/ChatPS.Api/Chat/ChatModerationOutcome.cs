using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The judgement on one side of a chat completion, or why there is none.</summary>
public sealed class ChatModerationOutcome : WireObject
{
    /// <summary><c>moderation_results</c> or <c>error</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The model that judged.</summary>
    public string? Model { get; set; }

    /// <summary>The judgements.</summary>
    public IReadOnlyList<ModerationResult>? Results { get; set; }

    /// <summary>The code of the error.</summary>
    public string? Code { get; set; }

    /// <summary>The text of the error.</summary>
    public string? Message { get; set; }
}
