using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>An event of a stream.</summary>
[Answer(nameof(Message), nameof(ContentBlock), nameof(Delta))]
public sealed class MessageEvent : ApiResponseBody
{
    /// <summary><c>message_start</c>, <c>content_block_start</c>, <c>content_block_delta</c>, <c>content_block_stop</c>, <c>message_delta</c>, <c>message_stop</c>, <c>ping</c>.</summary>
    public string? Type { get; set; }

    /// <summary>At the start: the answer, which has no content yet.</summary>
    public MessageResponse? Message { get; set; }

    /// <summary>The block that the event is about, from 0.</summary>
    public int? Index { get; set; }

    /// <summary>The block that begins.</summary>
    public ContentBlock? ContentBlock { get; set; }

    /// <summary>What is new: of a block, or of the answer.</summary>
    public MessageDelta? Delta { get; set; }

    /// <summary>The tokens so far.</summary>
    public MessageUsage? Usage { get; set; }
}
