namespace ChatPS.Client.Usage;

/// <summary>What a model costs: its tokens, for a million each, and other units, for one each; in whatever currency the user counts.</summary>
/// <param name="Model">The model's name; <c>*</c> stands for any text, <c>?</c> for any character.</param>
/// <param name="Input">The price of input tokens.</param>
/// <param name="Output">The price of output tokens.</param>
public sealed record ModelPrice(string Model, decimal Input, decimal Output)
{
    /// <summary>The price of input tokens from the service's cache; that of other input tokens if not given.</summary>
    public decimal? Cached { get; init; }

    /// <summary>The price of input tokens in a batch; half of <see cref="Input"/> if not given.</summary>
    public decimal? BatchInput { get; init; }

    /// <summary>The price of output tokens in a batch; half of <see cref="Output"/> if not given.</summary>
    public decimal? BatchOutput { get; init; }

    /// <summary>The price of input tokens from the service's cache in a batch; half of <see cref="Cached"/> if not given.</summary>
    public decimal? BatchCached { get; init; }

    /// <summary>The prices of one of each unit, by the names of <see cref="PriceUnits"/>.</summary>
    public IReadOnlyDictionary<string, decimal> Units { get; init; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the price of the same model in a batch. Units cost half.</summary>
    /// <returns>The price.</returns>
    internal ModelPrice ForBatch() => new(Model, BatchInput ?? Input / 2, BatchOutput ?? Output / 2)
    {
        Cached = BatchCached ?? Cached / 2,
        Units = Units.ToDictionary(unit => unit.Key, unit => unit.Value / 2, StringComparer.OrdinalIgnoreCase),
    };

    internal decimal UnitPrice(string unit) => Units.TryGetValue(unit, out decimal price) ? price : 0;
}
