using System.Globalization;
using Refit;

namespace Refit.Behaviour;

public sealed class QueryTests : BehaviourTest
{
    private static readonly DateTime Time = new(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private IQueryApi Api => Client<IQueryApi>();

    [Theory]
    [InlineData("a b&c=d/é", "/q?text=a%20b%26c%3Dd%2F%C3%A9&other=default")]
    [InlineData("", "/q?text=&other=default")]
    [InlineData(null, "/q?other=default")]
    public async Task Text_Value_IsEscapedAndNullLeftOut(string? text, string target)
    {
        await Api.TextAsync(text);

        Assert.Equal(target, Server.Request.Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("de-DE")]
    public async Task Values_AnyCulture_AreInvariant(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            await Api.ValuesAsync(true, -1.5, Time, Shade.Dark, null);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal("/q?flag=True&number=-1.5&at=01%2F02%2F2024%2003%3A04%3A05&shade=Dark", Server.Request.Target);
    }

    [Fact]
    public async Task Values_FormatAndAlias_AreUsed()
    {
        await Api.FormatAsync(2, "usage");

        Assert.Equal("/q?number=2.00&include%5B%5D=usage", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Default_IsJoinedWithCommas()
    {
        await Api.ListAsync(["a", "b c"]);

        Assert.Equal("/q?values=a%2Cb%20c", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Null_IsLeftOut()
    {
        await Api.ListAsync(null);

        Assert.Equal("/q", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_SettingsFormat_IsUsed()
    {
        RefitSettings settings = CreateSettings();
        settings.CollectionFormat = CollectionFormat.Multi;

        await Client<IQueryApi>(settings).ListAsync(["a", "b"]);

        Assert.Equal("/q?values=a&values=b", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Multi_RepeatsTheKey()
    {
        await Api.MultiAsync([1, 2]);

        Assert.Equal("/q?values=1&values=2", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_MultiAndEmpty_IsLeftOut()
    {
        await Api.MultiAsync([]);

        Assert.Equal("/q", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Pipes_IsJoinedWithBars()
    {
        await Api.PipesAsync([Shade.Dark, Shade.Light]);

        Assert.Equal("/q?values=Dark%7Cvery-light", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Ssv_IsJoinedWithSpaces()
    {
        await Api.SpacesAsync(["a", "b"]);

        Assert.Equal("/q?values=a%20b", Server.Request.Target);
    }

    [Fact]
    public async Task Collection_Tsv_IsJoinedWithTabs()
    {
        await Api.TabsAsync(["a", "b"]);

        Assert.Equal("/q?values=a%09b", Server.Request.Target);
    }

    [Fact]
    public async Task Map_Entries_BecomePairsAndNullIsLeftOut()
    {
        await Api.MapAsync(new Dictionary<string, string> { ["limit"] = "5", ["none"] = null!, ["after id"] = "x&y" });

        Assert.Equal("/q?limit=5&after%20id=x%26y", Server.Request.Target);
    }

    [Fact]
    public async Task Map_Null_IsLeftOut()
    {
        await Api.MapAsync(null);

        Assert.Equal("/q", Server.Request.Target);
    }

    [Fact]
    public async Task Map_Prefix_StandsBeforeEachKey()
    {
        await Api.PrefixedMapAsync(new Dictionary<string, int> { ["a"] = 1 });

        Assert.Equal("/q?meta.a=1", Server.Request.Target);
    }

    [Fact]
    public async Task Object_Properties_BecomePairs()
    {
        await Api.ObjectAsync(new PersonQuery { Name = "Ada", Age = 36, Tags = ["x", "y"], Born = Time, Place = new PlaceQuery("London") });

        Assert.Equal("/q?Name=Ada&years=36&Tags=x&Tags=y&Born=2024&Place.City=London", Server.Request.Target);
    }

    [Fact]
    public async Task Object_Null_IsLeftOut()
    {
        await Api.ObjectAsync(null);

        Assert.Equal("/q", Server.Request.Target);
    }

    [Fact]
    public async Task Object_Prefix_StandsBeforeEachKey()
    {
        await Api.PrefixedObjectAsync(new PersonQuery { Name = "Ada", Place = new PlaceQuery("London") });

        Assert.Equal("/q?p_Name=Ada&p_Place_City=London", Server.Request.Target);
    }

    [Fact]
    public async Task Object_KeyFormatter_NamesPropertiesWithoutAlias()
    {
        RefitSettings settings = new(CreateSerializer(), urlParameterKeyFormatter: new CamelCaseUrlParameterKeyFormatter());

        await Client<IQueryApi>(settings).ObjectAsync(new PersonQuery { Name = "Ada", Age = 36 });

        Assert.Equal("/q?name=Ada&years=36", Server.Request.Target);
    }

    [Fact]
    public async Task Post_StringAndQueryObject_GoToTheQuery()
    {
        await Api.PostAsync("hi", new PlaceQuery("Rome"));

        Assert.Equal("/q?text=hi&City=Rome", Server.Request.Target);
        Assert.Empty(Server.Request.Body);
    }

    [Fact]
    public async Task Formatter_OfTheSettings_IsAskedForEachValue()
    {
        RefitSettings settings = new(CreateSerializer(), new UpperCaseFormatter());

        await Client<IQueryApi>(settings).TextAsync("abc");

        Assert.Equal("/q?text=ABC&other=DEFAULT", Server.Request.Target);
    }

    private sealed class UpperCaseFormatter : DefaultUrlParameterFormatter
    {
        public override string? Format(object? parameterValue, System.Reflection.ICustomAttributeProvider attributeProvider, Type type) =>
            base.Format(parameterValue, attributeProvider, type)?.ToUpperInvariant();
    }
}
