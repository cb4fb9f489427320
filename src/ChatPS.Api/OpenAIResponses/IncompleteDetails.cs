using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>Why a response is incomplete.</summary>
public sealed class IncompleteDetails : WireObject
{
    /// <summary><c>max_output_tokens</c>, <c>max_messages</c>, <c>content_filter</c> or <c>steered</c>.</summary>
    public string? Reason { get; set; }
}
