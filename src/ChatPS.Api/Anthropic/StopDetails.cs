using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>What there is to say about the end of an answer.</summary>
public sealed class StopDetails : WireObject
{
    /// <summary><c>refusal</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The rule that the answer would have broken.</summary>
    public string? Category { get; set; }

    /// <summary>The refusal in words.</summary>
    public string? Explanation { get; set; }
}
