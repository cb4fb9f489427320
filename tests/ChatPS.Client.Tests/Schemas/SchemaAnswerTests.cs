using System.Numerics;
using ChatPS.Client.Json;
using ChatPS.Client.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Schemas;

public sealed class SchemaAnswerTests
{
    private static readonly Gen<object?> Values = Gen.Sized(size => ValueOf(Math.Min(size, 6)));

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("\n\n  {\"a\":1}\n")]
    [InlineData("Sure!\n```json\n{\"a\":1}\n```\nAnything else?")]
    [InlineData("```\n{\"a\":1}\n```")]
    [InlineData("Here you are: {\"a\":1} - have fun :}")]
    [InlineData("<think>Maybe {\"a\":2}?</think>{\"a\":1}")]
    [InlineData("The set {x} of [things] is {\"a\":1}.")]
    [InlineData("See [1]: {\"a\":1}")]
    [InlineData("```json\n{\"b\":1}\n```\nor better\n```json\n{\"a\":1}\n```")]
    public void Read_JsonAmidText_IsFound(string answer)
    {
        SchemaAnswer read = SchemaAnswer.Read(answer, Validator());

        Assert.Empty(read.Errors);
        Assert.Equal("""{"a":1}""", read.Json);
        Assert.Equal(1, Assert.IsType<Dictionary<string, object?>>(read.Value)["a"]);
    }

    [Theory]
    [InlineData("", "(root): the answer is empty")]
    [InlineData("I cannot say.", "(root): the answer holds no JSON; not JSON: line 1, byte 1: ")]
    [InlineData("""{"a":1""", "(root): the answer holds no JSON; not JSON: line 1, byte 7: ")]
    [InlineData("""{"a":"x"}""", "/a: \"x\" is not an integer")]
    public void Read_NothingThatFits_TellsWhy(string answer, string error) =>
        Assert.StartsWith(error, Assert.Single(SchemaAnswer.Read(answer, Validator()).Errors), StringComparison.Ordinal);

    [Fact]
    public void Candidates_AnyValueAmidText_IsAmongThem() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Values.Where(value => value is Dictionary<string, object?> or List<object?>)), value =>
        {
            string json = PlainJson.Write(value, "test");
            Assert.Contains(json, AnswerJson.Candidates($"So: {json} }} that is it"));
            Assert.Equal([json], AnswerJson.Candidates(json));
        }));

    [Fact]
    public void Candidates_OnlyBrackets_EndsSoon() => Assert.All(
        new[] { "{", "[", "[\"", "{\"a\":", "[{", "```\n", "[1," },
        part => Assert.Empty(AnswerJson.Candidates(string.Concat(Enumerable.Repeat(part, 20_000)))));

    [Fact]
    public void TryRead_AnyPlainValue_ReadsWhatWasWritten() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Values), value =>
        {
            string json = PlainJson.Write(value, "test");
            Assert.True(PlainJsonReader.TryRead(json, out object? read, out _));
            Assert.Equal(json, PlainJson.Write(read, "test"));
        }));

    [Fact]
    public void TryRead_Numbers_AreOfTheTypeThatHoldsThem()
    {
        Assert.True(PlainJsonReader.TryRead("[1,3000000000,123456789012345678901234567890,0.1,1e300,0.1234567890123456789012]", out object? read, out _));

        Assert.Equal(
            new object[] { 1, 3000000000L, BigInteger.Parse("123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture), 0.1, 1e300, 0.1234567890123456789012m },
            Assert.IsType<List<object?>>(read));
    }

    [Fact]
    public void TryRead_Members_KeepTheirOrderAndTheLastOfTwo()
    {
        Assert.True(PlainJsonReader.TryRead("""{"z":1,"a":2,"z":3}""", out object? read, out _));

        Assert.Equal([new("z", 3), new("a", 2)], Assert.IsType<Dictionary<string, object?>>(read));
    }

    [Theory]
    [InlineData("", "not JSON: line 1, byte 1: ")]
    [InlineData("{\n 'a':1}", "not JSON: line 2, byte 2: ")]
    [InlineData("\"\\ud800\"", "not JSON: a string holds half of a surrogate pair.")]
    public void TryRead_NoJson_SaysWhere(string json, string error)
    {
        Assert.False(PlainJsonReader.TryRead(json, out object? value, out string? said));
        Assert.Null(value);
        Assert.StartsWith(error, said, StringComparison.Ordinal);
    }

    private static SchemaValidator Validator() => new(
        new Dictionary<string, object?>
        {
            ["type"] = "object",
            ["properties"] = new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["type"] = "integer" } },
            ["required"] = new List<object?> { "a" },
        },
        "-OutputSchema");

    private static Gen<object?> ValueOf(int size)
    {
        Gen<object?> scalar = Gen.OneOf(
            Gen.Elements<object?>(null, true, "", "}{][\"\\ ```", "😀", 0, long.MinValue, 1.5, 0.1m),
            Gen.Choose(-1000, 1000).Select(number => (object?)number));
        return size <= 0 ? scalar : Gen.OneOf(
            scalar,
            ValueOf(size / 2).Several(0, 3).Select(items => (object?)items.ToList()),
            ValueOf(size / 2).Several(0, 3).Select(items => (object?)items.Select((item, index) => (item, index)).ToDictionary(pair => "k{" + pair.index, pair => pair.item)));
    }
}
