namespace ChatPS.Api.ResponsesApi;

/// <summary>What the tokens of the output were.</summary>
public sealed class OutputTokensDetails : WireObject
{
    /// <summary>Tokens of reasoning.</summary>
    public int? ReasoningTokens { get; set; }
}
