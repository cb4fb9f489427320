using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>A page of the messages that a stored completion answered.</summary>
[Answer(nameof(Data))]
public sealed class StoredMessageList : ApiResponseBody
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The messages. Null means none.</summary>
    public IReadOnlyList<StoredMessage>? Data { get; set => field = value ?? []; }

    /// <summary>The id of the first message of the page.</summary>
    public string? FirstId { get; set; }

    /// <summary>The id of the last message of the page, after which the next page begins.</summary>
    public string? LastId { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? HasMore { get; set; }
}
