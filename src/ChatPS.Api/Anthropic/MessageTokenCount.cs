using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>How many tokens a request would take.</summary>
public sealed class MessageTokenCount : ApiResponseBody
{
    /// <summary>The tokens of instructions, messages and tools together.</summary>
    public int? InputTokens { get; set; }
}
