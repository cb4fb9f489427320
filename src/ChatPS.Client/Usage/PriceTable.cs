using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Usage;

/// <summary>The prices of models. An exact name wins over a pattern, and a longer pattern over a shorter one. Safe for many threads.</summary>
public sealed class PriceTable
{
    private const decimal Million = 1_000_000;
    private const decimal HighestPrice = 1_000_000_000;

    private readonly Dictionary<string, ModelPrice> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Regex Pattern, ModelPrice Price)> _patterns;
    private readonly ConcurrentDictionary<string, ModelPrice?> _found = new(StringComparer.OrdinalIgnoreCase);
    private PriceTable? _forBatch;

    /// <summary>Makes the table.</summary>
    /// <param name="prices">Its rows, in any order.</param>
    /// <exception cref="ChatServiceException">There is no row, a model has no name or is priced twice, or a price cannot be.</exception>
    public PriceTable(IEnumerable<ModelPrice> prices)
    {
        foreach (ModelPrice price in prices)
        {
            Check(price);
            if (_exact.ContainsKey(price.Model))
            {
                throw Failures.Invalid($"-PriceTable: '{price.Model}' is priced twice.", "Keep one of the two rows.");
            }

            _exact.Add(price.Model, price);
        }

        if (_exact.Count == 0)
        {
            throw Failures.Invalid("-PriceTable is empty.", "Give it at least one model, for example @{ 'your-model*' = @{ Input = 2.5; Output = 10 } }.");
        }

        _patterns =
        [
            .. _exact.Values.Where(price => price.Model.IndexOfAny(['*', '?']) >= 0)
                .OrderByDescending(price => price.Model.Length)
                .ThenBy(price => price.Model, StringComparer.OrdinalIgnoreCase)
                .Select(price => (ToRegex(price.Model), price)),
        ];
    }

    /// <summary>Tells what a request cost.</summary>
    /// <param name="model">The model that answered.</param>
    /// <param name="usage">The tokens.</param>
    /// <returns>The cost in the table's currency; null where the model has no price or the tokens are not known.</returns>
    public decimal? Cost(string? model, ChatUsage? usage) =>
        usage is not null ? Cost(model, usage.InputTokens, usage.CachedTokens, usage.OutputTokens)
        : IsFlat(model) ? Find(model)!.UnitPrice(PriceUnits.Request)
        : null;

    /// <summary>Whether a model has a price, whatever the models are.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Whether a row fits.</returns>
    public bool Covers(string? model) => Find(model) is not null;

    /// <summary>The models whose prices were asked for, if none of them has any; empty where one has, or none was asked for.</summary>
    public IReadOnlyList<string> Misses
    {
        get
        {
            List<string> misses = [];
            foreach (KeyValuePair<string, ModelPrice?> found in _forBatch is null || _forBatch == this ? _found : _found.Concat(_forBatch._found))
            {
                if (found.Value is not null)
                {
                    return [];
                }

                if (!misses.Contains(found.Key, StringComparer.OrdinalIgnoreCase))
                {
                    misses.Add(found.Key);
                }
            }

            return misses;
        }
    }

    /// <summary>Gives the same models at the prices of a batch: those of the columns <c>BatchInput</c>, <c>BatchOutput</c> and <c>BatchCached</c>, and half of the usual price where there is none.</summary>
    /// <returns>The table; the same one each time.</returns>
    public PriceTable ForBatch()
    {
        if (_forBatch is null)
        {
            PriceTable table = new(_exact.Values.Select(price => price.ForBatch()));
            table._forBatch = table;
            _forBatch = table;
        }

        return _forBatch;
    }

    /// <summary>Whether a model costs the same however many tokens there are: its tokens are free.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Whether that is its price.</returns>
    internal bool IsFlat(string? model) => Find(model) is { Input: 0, Output: 0, Cached: null or 0 } price && PriceUnits.All.All(unit => unit == PriceUnits.Request || price.UnitPrice(unit) == 0);

    /// <summary>Tells what a request costs that is charged by other units than tokens.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="units">How many of each unit, by the names of <see cref="PriceUnits"/>; the request itself is counted in.</param>
    /// <returns>The cost in the table's currency; null where the model has no price.</returns>
    public decimal? UnitCost(string? model, IReadOnlyDictionary<string, decimal> units) =>
        Find(model) is not { } price ? null : price.UnitPrice(PriceUnits.Request) + UnitsCost(model, units);

    /// <summary>Tells what a request cost that was charged by tokens, by other units, or by both.</summary>
    /// <param name="model">The model that answered.</param>
    /// <param name="usage">The tokens; null where the service did not tell.</param>
    /// <param name="units">How many of each unit, by the names of <see cref="PriceUnits"/>.</param>
    /// <returns>The cost; null where the model has no price, or one of tokens that are not known.</returns>
    internal decimal? Cost(string? model, ChatUsage? usage, IReadOnlyDictionary<string, decimal> units) =>
        usage is not null ? Cost(model, usage) + UnitsCost(model, units)
        : Find(model) is { Input: 0, Output: 0 } ? UnitCost(model, units)
        : null;

    /// <summary>Tells what units cost, and nothing beside them.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="units">How many of each.</param>
    /// <returns>The cost; null where the model has no price.</returns>
    internal decimal? UnitsCost(string? model, IReadOnlyDictionary<string, decimal> units) => Find(model) is not { } price ? null : WithoutTail(units.Sum(unit => unit.Value * price.UnitPrice(unit.Key)));

    /// <summary>Tells what the tokens of requests cost, and the requests themselves.</summary>
    /// <param name="model">The model that answered.</param>
    /// <param name="inputTokens">Tokens of the prompts, cached ones included.</param>
    /// <param name="cachedTokens">Those of them that came from the service's cache.</param>
    /// <param name="outputTokens">Tokens of the answers.</param>
    /// <param name="requests">How many requests there were.</param>
    /// <returns>The cost in the table's currency; null where the model has no price.</returns>
    public decimal? Cost(string? model, long inputTokens, long cachedTokens, long outputTokens, long requests = 1) =>
        Find(model) is not { } price ? null
        : (((Math.Max(0, inputTokens - cachedTokens) * price.Input) + (cachedTokens * (price.Cached ?? price.Input)) + (outputTokens * price.Output)) / Million)
            + (requests * price.UnitPrice(PriceUnits.Request));

    // Seconds are shares of a minute that have no end in decimals. The division takes the zeros off.
    private static decimal WithoutTail(decimal cost) => decimal.Round(cost, 12) / 1.0000000000000000000000000000m;

    private ModelPrice? Find(string? model) => model is { Length: > 0 } ? _found.GetOrAdd(model, Look) : null;

    private ModelPrice? Look(string model) =>
        _exact.TryGetValue(model, out ModelPrice? exact) ? exact : _patterns.Find(row => row.Pattern.IsMatch(model)).Price;

    private static void Check(ModelPrice price)
    {
        if (string.IsNullOrWhiteSpace(price.Model))
        {
            throw Failures.Invalid("-PriceTable: a row names no model.", "Give each row a model's name, or a pattern such as your-model*.");
        }

        foreach ((string column, decimal? value) in new[]
        {
            (nameof(price.Input), price.Input), (nameof(price.Cached), price.Cached), (nameof(price.Output), price.Output),
            (nameof(price.BatchInput), price.BatchInput), (nameof(price.BatchCached), price.BatchCached), (nameof(price.BatchOutput), price.BatchOutput),
        }.Concat(price.Units.Select(unit => (unit.Key, (decimal?)unit.Value))))
        {
            if (value is < 0 or > HighestPrice)
            {
                throw Failures.Invalid(
                    FormattableString.Invariant($"-PriceTable: '{price.Model}', {column} is {value}; a price must lie between 0 and {HighestPrice}."), $"Correct {column}: it is the price of {(price.Units.ContainsKey(column) ? "one" : "a million tokens")}.");
            }
        }
    }

    // Between two stars the first place that fits is as good as any other, so nothing is ever tried twice.
    private static Regex ToRegex(string pattern)
    {
        string[] parts = [.. pattern.Split('*').Select(part => Regex.Escape(part).Replace("\\?", ".", StringComparison.Ordinal))];
        string middle = string.Concat(parts.Skip(1).Take(parts.Length - 2).Select(part => $"(?>.*?{part})"));
        string end = parts.Length > 1 ? ".*" + parts[parts.Length - 1] : "";
        return new Regex($@"\A{parts[0]}{middle}{end}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(5));
    }
}
