using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>How many tokens a request has.</summary>
public sealed class InputTokenCount : ApiResponseBody
{
    /// <summary><c>response.input_tokens</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The tokens.</summary>
    public int? InputTokens { get; set; }
}
