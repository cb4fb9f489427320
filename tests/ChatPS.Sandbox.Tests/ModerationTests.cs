using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class ModerationTests : SandboxTest
{
    private const string Path = "/v1/moderations";

    [Fact]
    public async Task Moderation_Strings_GiveOneResultEachInOrder()
    {
        JsonElement answer = await AskAsync(Path, """{"input":["I love skills","I will KILL it","how to steal a car"]}""");

        Assert.Equal("omni-moderation-latest", answer.GetProperty("model").GetString());
        JsonElement results = answer.GetProperty("results");
        Assert.Equal([false, true, true], results.EnumerateArray().Select(result => result.GetProperty("flagged").GetBoolean()));
        Assert.Equal(["violence"], Hits(results[1]));
        Assert.Equal(["illicit"], Hits(results[2]));
    }

    [Fact]
    public async Task Moderation_Result_HasAllCategoriesWithScores()
    {
        JsonElement result = (await AskAsync(Path, """{"model":"omni-moderation-latest","input":"a bomb"}""")).GetProperty("results")[0];

        string[] expected =
        [
            "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
            "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
        ];
        foreach (string part in new[] { "categories", "category_scores", "category_applied_input_types" })
        {
            Assert.Equal(expected, result.GetProperty(part).EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        }

        Assert.All(result.GetProperty("category_scores").EnumerateObject(), score =>
            Assert.Equal(result.GetProperty("categories").GetProperty(score.Name).GetBoolean(), score.Value.GetDouble() > 0.5));
        Assert.Equal(["illicit", "illicit/violent", "violence"], Hits(result).Order(StringComparer.Ordinal));
        Assert.Equal("text", Assert.Single(result.GetProperty("category_applied_input_types").GetProperty("hate").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Moderation_Parts_GiveOneResultForAll()
    {
        JsonElement answer = await AskAsync(Path, """
            {"input":[{"type":"text","text":"Nice."},{"type":"image_url","image_url":{"url":"https://example.com/blood.png"}},
                      {"type":"image_url","image_url":{"url":"data:image/png;base64,kill"}}]}
            """);

        JsonElement result = Assert.Single(answer.GetProperty("results").EnumerateArray());
        Assert.Equal(["violence", "violence/graphic"], Hits(result));
        JsonElement types = result.GetProperty("category_applied_input_types");
        Assert.Equal(["text", "image"], types.GetProperty("violence").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(["text"], types.GetProperty("hate").EnumerateArray().Select(type => type.GetString()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"input":[]}""")]
    [InlineData("""{"input":7}""")]
    public async Task Moderation_InvalidInput_IsRefused(string body)
    {
        JsonElement error = await FailAsync(400, Path, body);

        Assert.Equal("input", error.GetProperty("param").GetString());
    }

    private static IEnumerable<string> Hits(JsonElement result) =>
        result.GetProperty("categories").EnumerateObject().Where(category => category.Value.GetBoolean()).Select(category => category.Name);
}
