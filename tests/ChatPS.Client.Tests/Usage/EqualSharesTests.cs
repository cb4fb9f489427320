using ChatPS.Client.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Usage;

public sealed class EqualSharesTests
{
    private static readonly Gen<decimal> Amounts = Gen.OneOf(
        Gen.Elements(0m, 0.000001m, 0.0000000000000000000000000001m, 123456.789m, 1m / 3),
        from units in Gen.Choose(0, int.MaxValue) from digits in Gen.Choose(0, 20) select new decimal(units, 0, 0, isNegative: false, (byte)digits));

    [Fact]
    public void Shares_OfAnyAmount_AreTheWholeAndEqual() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(from amount in Amounts from count in Gen.Choose(1, 3000) select (amount, count)), sample =>
    {
        decimal?[] shares = EqualShares.Of(sample.amount, sample.count);

        Assert.Equal(sample.count, shares.Length);
        decimal sum = 0;
        foreach (decimal? share in shares)
        {
            sum += share!.Value;
            Assert.InRange(share.Value, 0, sample.amount);
        }

        Assert.Equal(sample.amount, sum);
        Assert.InRange(shares.Max()!.Value - shares.Min()!.Value, 0, Math.Max(0.0000000000000000000000000002m, sample.amount / sample.count / 100));
    }));

    [Fact]
    public void Shares_OfWhatIsNotKnown_AreNotKnown() => Assert.Equal([null, null], EqualShares.Of(null, 2));

    [Fact]
    public void Shares_AmongNone_AreNone() => Assert.Empty(EqualShares.Of(1m, 0));
}
