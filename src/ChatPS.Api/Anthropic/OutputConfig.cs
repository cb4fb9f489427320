namespace ChatPS.Api.Anthropic;

/// <summary>How the model answers.</summary>
public sealed class OutputConfig
{
    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, <c>max</c>.</summary>
    public string? Effort { get; set; }

    /// <summary>The form of the answer.</summary>
    public OutputSchema? Format { get; set; }
}
