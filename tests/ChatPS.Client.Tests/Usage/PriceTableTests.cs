using ChatPS.Client.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Usage;

public sealed class PriceTableTests
{
    private static readonly ChatUsage Usage = new() { InputTokens = 1_000_000, CachedTokens = 400_000, OutputTokens = 500_000, TotalTokens = 1_500_000 };

    [Fact]
    public void Cost_InputCachedAndOutput_EachAtItsPrice()
    {
        PriceTable prices = new([new ModelPrice("m", 2.5m, 10m) { Cached = 1.25m }]);

        Assert.Equal((0.6m * 2.5m) + (0.4m * 1.25m) + 5m, prices.Cost("m", Usage));
    }

    [Fact]
    public void Cost_OtherUnits_AreAddedOnceARequest()
    {
        PriceTable prices = new([new ModelPrice("m", 1, 1) { Units = new Dictionary<string, decimal> { [PriceUnits.Request] = 0.25m, [PriceUnits.Search] = 2m } }]);

        Assert.Equal(1.75m, prices.Cost("m", Usage));
        Assert.Equal(6.25m, prices.UnitCost("m", new Dictionary<string, decimal> { [PriceUnits.Search] = 3m, ["other"] = 9m }));
        Assert.Null(prices.UnitCost("x", new Dictionary<string, decimal>()));
    }

    [Fact]
    public void Create_UnitWithAPriceThatCannotBe_IsInvalid() => Assert.Contains(
        "Search is -1", Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice("m", 1, 1) { Units = new Dictionary<string, decimal> { [PriceUnits.Search] = -1 } }])).Message, StringComparison.Ordinal);

    [Fact]
    public void Cost_NoPriceForCached_IsThatOfInput() => Assert.Equal(2.5m + 5m, new PriceTable([new ModelPrice("m", 2.5m, 10m)]).Cost("m", Usage));

    [Fact]
    public void ForBatch_NothingSaid_IsHalfOfEverything()
    {
        PriceTable prices = new([new ModelPrice("m*", 2m, 8m) { Cached = 1m, Units = new Dictionary<string, decimal> { [PriceUnits.Request] = 0.5m } }]);

        PriceTable batch = prices.ForBatch();

        Assert.Equal(prices.Cost("m1", Usage) / 2, batch.Cost("m1", Usage));
        Assert.Same(batch, prices.ForBatch());
        Assert.Same(batch, batch.ForBatch());
    }

    [Fact]
    public void ForBatch_PricesOfItsOwn_Hold()
    {
        PriceTable prices = new([new ModelPrice("m", 2m, 8m) { Cached = 1m, BatchInput = 1.5m, BatchOutput = 3m, BatchCached = 0.25m }]);

        Assert.Equal((0.6m * 1.5m) + (0.4m * 0.25m) + (0.5m * 3m), prices.ForBatch().Cost("m", Usage));
        Assert.Equal((0.6m * 2m) + (0.4m * 1m) + (0.5m * 8m), prices.Cost("m", Usage));
    }

    [Fact]
    public void Misses_AskedForABatchAlone_AreTold()
    {
        PriceTable prices = new([new ModelPrice("m", 1, 1)]);

        prices.ForBatch().Cost("x", Usage);
        prices.Cost("X", Usage);

        Assert.Equal("x", Assert.Single(prices.Misses), ignoreCase: true);
    }

    [Fact]
    public void Create_NegativeBatchPrice_IsRefusedByName() =>
        Assert.Contains("'gpt', BatchOutput is -1", Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice("gpt", 1, 1) { BatchOutput = -1 }])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("gpt-4o", 1)]
    [InlineData("GPT-4O", 1)]
    [InlineData("gpt-4o-mini", 2)]
    [InlineData("gpt-4o-mini-2024", 2)]
    [InlineData("gpt-4o-2024", 3)]
    [InlineData("gpt-5", 4)]
    [InlineData("o1\nx", 5)]
    [InlineData("mistral", 6)]
    [InlineData("a.b", 6)]
    [InlineData("a+b", 7)]
    public void Cost_SeveralFit_TheMostExactWins(string model, int expected)
    {
        PriceTable prices = new(
        [
            new ModelPrice("*", 6, 6), new ModelPrice("gpt-?", 4, 4), new ModelPrice("gpt-4o*", 3, 3), new ModelPrice("gpt-4o-mini*", 2, 2), new ModelPrice("gpt-4o", 1, 1),
            new ModelPrice("o?*x", 5, 5), new ModelPrice("a+*", 7, 7),
        ]);

        Assert.Equal(expected, prices.Cost(model, 1_000_000, 0, 0));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("other")]
    [InlineData("xm")]
    [InlineData("mx")]
    public void Cost_NoPriceFits_IsUnknown(string? model) => Assert.Null(new PriceTable([new ModelPrice("m", 1, 1)]).Cost(model, Usage));

    [Fact]
    public void Cost_NoUsage_IsUnknown() => Assert.Null(new PriceTable([new ModelPrice("*", 1, 1)]).Cost("m", null));

    [Fact]
    public void Cost_PatternFullOfStars_IsFoundAtOnce() =>
        Assert.Null(new PriceTable([new ModelPrice(string.Concat(Enumerable.Repeat("a*", 30)) + "b", 1, 1)]).Cost(new string('a', 5000), Usage));

    [Fact]
    public void Cost_AnyPattern_FitsAsEachCharacterSays() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Arb.From(
            from pattern in Gen.Elements('a', 'b', '*', '?').Several(1, 8)
            from model in Gen.Elements('a', 'b').Several(1, 8)
            select (Pattern: string.Concat(pattern), Model: string.Concat(model))),
        sample => Assert.Equal(Fits(sample.Pattern, sample.Model), new PriceTable([new ModelPrice(sample.Pattern, 1, 1)]).Cost(sample.Model, Usage) is not null)));

    [Theory]
    [InlineData(-0.01, 1, "Input")]
    [InlineData(1, -1, "Output")]
    [InlineData(1, 1e12, "Output")]
    public void Create_PriceThatCannotBe_IsRefusedByName(double input, double output, string column)
    {
        ChatServiceException failure = Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice("gpt", (decimal)input, (decimal)output)]));

        Assert.Contains($"'gpt', {column}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NegativeCached_IsRefusedByName() =>
        Assert.Contains("'gpt', Cached is -1", Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice("gpt", 1, 1) { Cached = -1 }])).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_Empty_IsRefused() => Engine.AssertInvalid(() => _ = new PriceTable([]));

    [Fact]
    public void Create_NameIsBlank_IsRefused() => Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice(" ", 1, 1)]));

    [Fact]
    public void Create_NameTwice_IsRefused() => Engine.AssertInvalid(() => _ = new PriceTable([new ModelPrice("gpt", 1, 1), new ModelPrice("GPT", 1, 1)]));

    private static bool Fits(string pattern, string text) => pattern switch
    {
        "" => text.Length == 0,
        ['*', ..] => Fits(pattern[1..], text) || (text.Length > 0 && Fits(pattern, text[1..])),
        _ => text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && Fits(pattern[1..], text[1..]),
    };
}
