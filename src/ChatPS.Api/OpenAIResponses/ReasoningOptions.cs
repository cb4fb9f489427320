namespace ChatPS.Api.OpenAIResponses;

/// <summary>How a model thinks, and what it tells of it.</summary>
public sealed class ReasoningOptions
{
    /// <summary>How long to think: <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, <c>max</c>.</summary>
    public string? Effort { get; set; }

    /// <summary>What to tell: <c>auto</c>, <c>concise</c>, <c>detailed</c>.</summary>
    public string? Summary { get; set; }
}
