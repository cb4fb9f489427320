using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Families.OpenAI;

namespace ChatPS.Sandbox.Tests;

public sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(OpenAIDialect.Instance,
    [
        Route.Get("/things/{id}", Answered),
        Route.Get("/things/{id}/parts/{part}", Answered),
        Route.Post("/things/count", Answered),
        Route.Get("/trees/{path*}", Answered),
        Route.Post("/models/{model}:run", Answered) with { IsCompletion = true },
        Route.Delete("/things/{id}", Answered),
    ]);

    [Theory]
    [InlineData("/v1/things/a", "GET, DELETE", "id=a")]
    [InlineData("/things/a%2Fb", "GET, DELETE", "id=a/b")]
    [InlineData("/things/a/parts/b", "GET", "id=a part=b")]
    [InlineData("/things/count", "POST", "")]
    [InlineData("/trees/a/b%20c", "GET", "path=a/b c")]
    [InlineData("/models/a:b:run", "POST", "model=a:b")]
    public void Path_ThatIsKnown_LeadsToItsMethods(string path, string methods, string parameters)
    {
        RouteMatch match = Table.Find(path)!;

        Assert.Equal((methods, parameters), (match.Allow, string.Join(" ", match.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))));
        Assert.Equal(path.StartsWith("/models", StringComparison.Ordinal), match.IsCompletion);
    }

    [Theory]
    [InlineData("/things")]
    [InlineData("/things/")]
    [InlineData("/things/a/")]
    [InlineData("/things/a/parts")]
    [InlineData("/x/things/a")]
    [InlineData("/trees/")]
    [InlineData("/models/:run")]
    [InlineData("/models/a:running")]
    public void Path_ThatIsUnknown_LeadsNowhere(string path) => Assert.Null(Table.Find(path));

    private static Answer Answered(EndpointCall call) => new();
}
