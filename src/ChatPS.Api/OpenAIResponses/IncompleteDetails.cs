using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>Why a response is incomplete.</summary>
public sealed class IncompleteDetails : WireObject
{
    /// <summary><c>max_output_tokens</c> or <c>content_filter</c>.</summary>
    public string? Reason { get; set; }
}
