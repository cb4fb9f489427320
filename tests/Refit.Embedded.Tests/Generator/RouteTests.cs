namespace Refit.Generator.Tests;

public sealed class RouteTests
{
    [Fact]
    public void Parse_LiteralsAndPlaceholders_AreSplit()
    {
        Route? route = Route.Parse("/a/{b}c/{**d}?e=f&g=x{h}", out string problem);

        Assert.Empty(problem);
        Assert.Equal(
            [new RouteToken("/a/", false), new RouteToken("b", true), new RouteToken("c/", false), new RouteToken("d", true, CatchAll: true)],
            route!.Path);
        Assert.Equal(["e", "g"], route.Query.Select(pair => pair.Key));
        Assert.Equal([new RouteToken("x", false), new RouteToken("h", true)], route.Query[1].Value);
    }

    [Theory]
    [InlineData("/q?a[]=b c", "a%5B%5D", "b%20c")]
    [InlineData("/q?a=b+c", "a", "b%20c")]
    [InlineData("/q?a=b%2Bc%26", "a", "b%2Bc%26")]
    public void Parse_Query_IsEscapedOnce(string text, string key, string value)
    {
        Route route = Route.Parse(text, out _)!;

        Assert.Equal(key, Assert.Single(route.Query).Key);
        Assert.Equal(value, Assert.Single(route.Query[0].Value).Text);
    }
}
