using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChatPS.Client.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Json;

public sealed class PlainJsonTests
{
    private static readonly Gen<object?> Scalars = Gen.OneOf(
        Gen.Elements<object?>(null, true, false, "", "值 😀", "\u2028\"\\</script>", 0, -1L, long.MinValue, ulong.MaxValue, 1.5, -0.1f, 79228162514264337593543950335m, byte.MaxValue, sbyte.MinValue, short.MinValue, ushort.MaxValue, uint.MaxValue),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => (object?)text.Get),
        ArbMap.Default.GeneratorFor<int>().Select(number => (object?)number),
        ArbMap.Default.GeneratorFor<long>().Select(number => (object?)number),
        ArbMap.Default.GeneratorFor<decimal>().Select(number => (object?)number),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => (object?)number.Get));

    private static readonly Arbitrary<object?> Values = Arb.From(Gen.Sized(size => ValueOf(Math.Min(size, 6))));

    [Fact]
    public void Write_AnyPlainValue_ReadsBackTheSame() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Values, value =>
    {
        string json = PlainJson.Write(value, "-X");
        using JsonDocument document = JsonDocument.Parse(json);
        AssertSame(value, document.RootElement);
        Assert.Equal(value is null ? null : json, PlainJson.ToElement(value, "-X")?.GetRawText());
    }));

    [Fact]
    public void Write_ValuesOfDotNet_HaveTheirUsualForm() => Assert.Equal(
        """["2024-02-29T12:30:00.0000000Z","2024-02-29T12:30:00.0000000+02:00","1.02:03:04","00000000-0000-0000-0000-000000000000","https://example.com/a b","1.2.3","Monday","x","AQI=",123456789012345678901234567890,{"a":1}]""",
        PlainJson.Write(
            new object[]
            {
                new DateTime(2024, 2, 29, 12, 30, 0, DateTimeKind.Utc), new DateTimeOffset(2024, 2, 29, 12, 30, 0, TimeSpan.FromHours(2)), new TimeSpan(1, 2, 3, 4), Guid.Empty,
                new Uri("https://example.com/a b"), new Version(1, 2, 3), DayOfWeek.Monday, 'x', new byte[] { 1, 2 },
                BigInteger.Parse("123456789012345678901234567890", CultureInfo.InvariantCulture), JsonDocument.Parse("""{"a":1}""").RootElement,
            },
            "-X"));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Write_AnyCulture_WritesTheSame(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(
                """{"1.5":[-1234.5,"2024-02-29T00:00:00.0000000","I"]}""",
                PlainJson.Write(new System.Collections.Hashtable { [1.5] = new object[] { -1234.5, new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified), "I" } }, "-X"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_HalfASurrogatePair_BecomesTheReplacementCharacter()
    {
        using JsonDocument document = JsonDocument.Parse(PlainJson.Write(new object[] { "a\ud83d", '\ud83d', new Dictionary<string, object?> { ["\ude00"] = 1 } }, "-X"));

        Assert.Equal(["a\ufffd", "\ufffd"], document.RootElement.EnumerateArray().Take(2).Select(item => item.GetString()));
        Assert.Equal("\ufffd", document.RootElement[2].EnumerateObject().Single().Name);
    }

    public static TheoryData<string> ImpossibleNames => [.. Impossible.Keys];

    private static Dictionary<string, object> Impossible { get; } = new()
    {
        ["NaN"] = double.NaN,
        ["infinity"] = double.PositiveInfinity,
        ["infinity of a float"] = float.NegativeInfinity,
        ["object"] = new object(),
        ["delegate"] = new Action(() => { }),
        ["list that holds itself twice"] = Loop(),
        ["dictionary that holds itself"] = LoopOfDictionaries(),
        ["too deep"] = Enumerable.Range(0, 62).Aggregate((object)1, (inner, _) => new[] { inner }),
        ["object of no plain type"] = new object[] { new { A = 1 } },
    };

    [Theory]
    [MemberData(nameof(ImpossibleNames))]
    public void Write_WhatHasNoJson_IsAnErrorThatNamesTheParameter(string name)
    {
        Assert.StartsWith("-X: ", Engine.AssertInvalid(() => PlainJson.Write(Impossible[name], "-X")).Message, StringComparison.Ordinal);
        Engine.AssertInvalid(() => PlainJson.ToElement(Impossible[name], "-X"));
    }

    private static List<object?> Loop()
    {
        List<object?> list = [];
        list.Add(list);
        list.Add(list);
        return list;
    }

    private static Dictionary<string, object?> LoopOfDictionaries()
    {
        Dictionary<string, object?> dictionary = [];
        dictionary["a"] = new object?[] { dictionary };
        return dictionary;
    }

    private static Gen<object?> ValueOf(int size) => size == 0 ? Scalars : Gen.Frequency(
        (3, Scalars),
        (1, ValueOf(size / 2).Several(0, 5).Select(items => (object?)items.ToArray())),
        (1, ValueOf(size / 2).Several(0, 5).Select(items => (object?)items.Select((item, i) => ($"k{i} \"é", item)).ToDictionary(pair => pair.Item1, pair => pair.item))),
        (1, ValueOf(size / 2).Several(0, 5).Select(items => (object?)new System.Collections.Hashtable(items.Select((item, i) => (i, item)).ToDictionary(pair => pair.i, pair => pair.item)))));

    private static void AssertSame(object? value, JsonElement json)
    {
        switch (value)
        {
            case null:
                Assert.Equal(JsonValueKind.Null, json.ValueKind);
                break;
            case bool flag:
                Assert.Equal(flag, json.GetBoolean());
                break;
            case string text:
                Assert.Equal(WithoutHalves(text), json.GetString());
                break;
            case System.Collections.IDictionary members:
                Assert.Equal(members.Count, json.EnumerateObject().Count());
                foreach (System.Collections.DictionaryEntry member in members)
                {
                    AssertSame(member.Value, json.GetProperty(Convert.ToString(member.Key, CultureInfo.InvariantCulture)!));
                }

                break;
            case object?[] items:
                Assert.Equal(items.Length, json.GetArrayLength());
                Assert.All(items.Index(), item => AssertSame(item.Item, json[item.Index]));
                break;
            case double number:
                Assert.Equal(number, json.GetDouble());
                break;
            case float number:
                Assert.Equal(number, json.GetSingle());
                break;
            case ulong number:
                Assert.Equal(number, json.GetUInt64());
                break;
            case decimal number:
                Assert.Equal(number, json.GetDecimal());
                break;
            default:
                Assert.Equal(Convert.ToInt64(value, CultureInfo.InvariantCulture), json.GetInt64());
                break;
        }
    }

    private static string WithoutHalves(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
