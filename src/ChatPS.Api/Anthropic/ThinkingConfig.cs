namespace ChatPS.Api.Anthropic;

/// <summary>How long the model thinks before it answers.</summary>
public sealed class ThinkingConfig
{
    /// <summary><c>enabled</c> with a budget, <c>adaptive</c> where the model chooses, or <c>disabled</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The most tokens to think for: at least 1024, and fewer than the answer may have.</summary>
    public int? BudgetTokens { get; set; }

    /// <summary>How the thoughts are told: <c>summarized</c>, or <c>omitted</c>, which leaves their signature.</summary>
    public string? Display { get; set; }
}
