namespace ChatPS.Client.Usage;

/// <summary>What the tokens of a model cost, for a million each, in whatever currency the user reckons.</summary>
/// <param name="Model">The model's name; <c>*</c> stands for any text, <c>?</c> for any character.</param>
/// <param name="Input">The price of input tokens.</param>
/// <param name="Output">The price of output tokens.</param>
public sealed record ModelPrice(string Model, decimal Input, decimal Output)
{
    /// <summary>The price of input tokens from the service's cache; that of other input tokens if not given.</summary>
    public decimal? Cached { get; init; }
}
