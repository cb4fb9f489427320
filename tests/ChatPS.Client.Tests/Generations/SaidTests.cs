using System.Globalization;
using System.Text.Json;
using ChatPS.Client.Generations;
using ChatPS.Client.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Generations;

public sealed class SaidTests
{
    private static readonly Gen<object?> Leaves = Gen.OneOf(
        Gen.Elements<object?>(null, true, false, "", " ", "37%", "-5%", "NaN", "Infinity", "1e400", "SUCCESS", "2026-11-26T10:00:00Z", "9999-99-99", "https://example.com/a", "half \ud83d"),
        ArbMap.Default.GeneratorFor<double>().Where(number => !double.IsNaN(number) && !double.IsInfinity(number)).Select(number => (object?)number),
        ArbMap.Default.GeneratorFor<long>().Select(number => (object?)number),
        ArbMap.Default.GeneratorFor<string>().Select(text => (object?)text));

    private static readonly Gen<string> Documents = Values(3).Select(value => JsonSerializer.Serialize(value));

    [Fact]
    public void Read_AnyJson_NeverThrows() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Documents.ToArbitrary(), document =>
    {
        JsonElement json = JsonDocument.Parse(document).RootElement;
        foreach (string path in new[] { "a", "a.b", "a.b.c", "data", "" })
        {
            Said.Text(json, path, "b");
            DateTimeOffset? time = Said.Time(json, path, "b");
            double? progress = Said.Progress(json, path, "b");
            double? number = Said.Number(json, path, "b");
            Assert.All(Said.Items(json, path, "b").SelectMany(item => Said.Result("image", Said.Text(item, "a"))), result => Assert.NotEmpty(result.Url!));
            Assert.NotEmpty(Said.Refusal(Said.Text(json, path), Said.Text(json, "b"), json).Message);
            Assert.True(time is null || time.Value.Offset == TimeSpan.Zero);
            Assert.True(progress is null or (>= 0 and <= 100));
            Assert.False(number is { } some && (double.IsNaN(some) || double.IsInfinity(some)));
        }
    }));

    [Fact]
    public void Families_AnyJson_AreAFailureOrATask() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Documents.ToArbitrary(), document =>
    {
        JsonElement json = JsonDocument.Parse(document).RootElement;
        foreach (Func<JsonElement, GenerationState> read in new Func<JsonElement, GenerationState>[] { json => FilmTask.Read(json), SunoReseller.Read, SunoReseller.ReadSubmit })
        {
            try
            {
                Assert.NotNull(read(json));
            }
            catch (Api.Errors.WireFormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }));

    [Theory]
    [InlineData("\"37%\"", 37d)]
    [InlineData("\" 37 % \"", 37d)]
    [InlineData("37", 37d)]
    [InlineData("0.42", 42d)]
    [InlineData("\"0.42\"", 42d)]
    [InlineData("\"0.42%\"", 0.4)]
    [InlineData("1", 1d)]
    [InlineData("0", 0d)]
    [InlineData("100", 100d)]
    [InlineData("250", 100d)]
    [InlineData("-1", 0d)]
    [InlineData("\"\"", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Progress_AllWritings_ArePercent(string value, double? percent) => Assert.Equal(percent, Said.Progress(Of(value), "a"));

    [Theory]
    [InlineData("1764100000", "2025-11-25T19:46:40Z")]
    [InlineData("\"1764100000\"", "2025-11-25T19:46:40Z")]
    [InlineData("1764100000000", "2025-11-25T19:46:40Z")]
    [InlineData("\"2025-11-25T20:46:40+01:00\"", "2025-11-25T19:46:40Z")]
    [InlineData("\"2025-11-25T19:46:40\"", "2025-11-25T19:46:40Z")]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    [InlineData("\"\"", null)]
    [InlineData("[]", null)]
    public void Time_AllUnits_AreUtc(string value, string? time) =>
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), Said.Time(Of(value), "a"));

    [Fact]
    public void Find_FirstThatIsThereAndNotNull_Counts()
    {
        JsonElement json = JsonDocument.Parse("""{"a":null,"b":{"c":""},"d":{"c":"x"},"list":[1,null,2],"one":{"x":1}}""").RootElement;

        Assert.Equal("x", Said.Text(json, "a", "b.c", "d.c"));
        Assert.Equal(2, Said.Items(json, "a", "list").Count());
        Assert.Single(Said.Items(json, "one"));
        Assert.Empty(Said.Items(json, "none", "a"));
    }

    private static JsonElement Of(string value) => JsonDocument.Parse($$"""{"a":{{value}}}""").RootElement;

    private static Gen<object?> Values(int depth) => depth == 0
        ? Leaves
        : Gen.OneOf(
            Leaves,
            Values(depth - 1).Several(0, 3).Select(items => (object?)items),
            (from name in Gen.Elements("a", "b", "c", "data", "id", "status", "code", "task", "error", "message", "response", "sunoData", "url", "progress") from value in Values(depth - 1) select (name, value))
                .Several(0, 5).Select(members => (object?)members.GroupBy(member => member.name).ToDictionary(member => member.Key, member => member.First().value)));
}
