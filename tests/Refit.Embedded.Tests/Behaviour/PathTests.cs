namespace Refit.Behaviour;

public sealed class PathTests : BehaviourTest
{
    [Theory]
    [InlineData("", "/plain")]
    [InlineData("/v1", "/v1/plain")]
    [InlineData("/v1/deep?key=value", "/v1/deep/plain")]
    public async Task Route_BaseAddress_FollowsItsPathWithoutItsQuery(string basePath, string target)
    {
        await Client<IPathApi>(basePath: basePath).PlainAsync();

        Assert.Equal(target, Server.Request.Target);
    }

    [Fact]
    public async Task Route_NoBaseAddress_Throws()
    {
        using HttpClient http = new();
        IPathApi api = RestService.For<IPathApi>(http, CreateSettings());

        await Assert.ThrowsAsync<InvalidOperationException>(api.PlainAsync);
    }

    [Theory]
    [InlineData("simple", "/items/simple/parts/7")]
    [InlineData("a/b c+d?e#f%", "/items/a%2Fb%20c%2Bd%3Fe%23f%25/parts/7")]
    [InlineData("größe", "/items/gr%C3%B6%C3%9Fe/parts/7")]
    [InlineData(null, "/items//parts/7")]
    public async Task Placeholder_Value_IsEscaped(string? id, string target)
    {
        await Client<IPathApi>().TwoAsync(id, 7);

        Assert.Equal(target, Server.Request.Target);
    }

    [Fact]
    public async Task Placeholder_Alias_Matches()
    {
        await Client<IPathApi>().AliasAsync("x");

        Assert.Equal("/items/x", Server.Request.Target);
    }

    [Fact]
    public async Task Placeholder_CatchAll_KeepsSlashes()
    {
        await Client<IPathApi>().CatchAllAsync("a b/c/d?");

        Assert.Equal("/files/a%20b/c/d%3F", Server.Request.Target);
    }

    [Fact]
    public async Task Placeholder_Property_FillsItAndLeavesTheOthersToTheQuery()
    {
        await Client<IPathApi>().PropertyAsync(new PersonQuery { Name = "Ada L", Age = 36 });

        Assert.Equal("/people/Ada%20L?years=36", Server.Request.Target);
    }

    [Fact]
    public async Task Placeholder_EnumerationAndFormat_AreFormatted()
    {
        await Client<IPathApi>().FormattedAsync(Shade.Light, new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal("/shades/very-light/2024-02-29", Server.Request.Target);
    }

    [Theory]
    [InlineData("x y", "/search?kind=a%20b&text=x%20y&added=1")]
    [InlineData("a=b&c", "/search?kind=a%20b&text=a%3Db%26c&added=1")]
    [InlineData(null, "/search?kind=a%20b&text=&added=1")]
    public async Task RouteQuery_Pairs_StandInFront(string? text, string target)
    {
        await Client<IPathApi>().RouteQueryAsync(text, "1");

        Assert.Equal(target, Server.Request.Target);
    }

    [Fact]
    public async Task QueryUriFormat_Unescaped_LeavesReservedCharacters()
    {
        await Client<IPathApi>().UnescapedAsync("a,b/c");

        Assert.Equal("/unescaped?text=a,b/c", Server.Request.Target);
    }
}
