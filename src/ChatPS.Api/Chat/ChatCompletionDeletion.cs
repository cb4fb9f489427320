using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The answer to the deletion of a stored completion.</summary>
public sealed class ChatCompletionDeletion : ApiResponseBody
{
    /// <summary>The id of the completion.</summary>
    public string? Id { get; set; }

    /// <summary><c>chat.completion.deleted</c>.</summary>
    public string? Object { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; set; }
}
