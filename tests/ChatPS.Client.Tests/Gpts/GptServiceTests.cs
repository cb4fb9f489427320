using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Gpts;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Gpts;

/// <summary>The store of GPTs: what a search finds, and what is told of one.</summary>
public sealed class GptServiceTests
{
    private const string Found = """
        {"code":0,"msg":"ok","sn":"s","data":[
          {"id":"g-k3IqoCe1l","title":"Weather","link":"https://chat.openai.com/g/g-k3IqoCe1l-weather","description":"Tells the weather.","favicon":"https://files.example.com/a.png"},
          {"title":"By its link","link":"https://chatgpt.com/g/g-2fkFE8rbu-dall-e"},
          {"id":null,"title":"Without any"}]}
        """;

    private const string One = """
        {"code":0,"msg":"ok","sn":"s","data":{"gizmo":{"id":"g-k3IqoCe1l","organization_id":"org","short_url":"g-k3IqoCe1l-weather",
          "author":{"user_id":"u","display_name":"Ada","link_to":null,"is_verified":true},"voice":{"id":"ember"},"model":null,"instructions":null,
          "display":{"name":"Weather","description":"Tells the weather.","prompt_starters":["Rain?",null],"profile_picture_url":"https://files.example.com/a.png","categories":["productivity"]},"tags":["public"]}}}
        """;

    [Fact]
    public async Task Find_Words_GivesWhatHasAnId()
    {
        using RawServer server = RawServer.Answering(200, Found);
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatGpt> gpts = await connection.Gpts.FindAsync(" rain & sun ", CallSettings.None, default);

        Assert.Equal([("g-k3IqoCe1l", "Weather", "gpt-4-gizmo-g-k3IqoCe1l"), ("g-2fkFE8rbu", "By its link", "gpt-4-gizmo-g-2fkFE8rbu")], gpts.Select(gpt => (gpt.Id, gpt.Name, gpt.Model)));
        Assert.Equal("https://files.example.com/a.png", gpts[0].PictureUrl);
        Assert.StartsWith("""{"id":"g-k3IqoCe1l",""", gpts[0].Raw, StringComparison.Ordinal);
        Assert.StartsWith("GET /v2/gpts/search?query=rain%20%26%20sun HTTP/1.1", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_HitWithEndlessLink_LosesNoOther()
    {
        string link = string.Concat(Enumerable.Repeat("/g/g-a-", 60_000));
        using RawServer server = RawServer.Answering(200, $$"""{"code":0,"data":[{"id":null,"title":"Odd","link":"{{link}}!"},{"id":"g-k3IqoCe1l","title":"Weather"}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatGpt> gpts = await connection.Gpts.FindAsync("rain", CallSettings.None, default);

        Assert.Equal("Weather", gpts[^1].Name);
    }

    [Fact]
    public async Task Get_AnotherGpt_IsABadResponse()
    {
        using RawServer server = RawServer.Answering(200, One);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Gpts.GetAsync("g-other", CallSettings.None, default));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("g-k3IqoCe1l", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("g-k3IqoCe1l")]
    [InlineData(" https://chatgpt.com/g/g-k3IqoCe1l-weather?model=x ")]
    [InlineData("https://chat.openai.com/g/g-k3IqoCe1l")]
    [InlineData("gpt-4o-gizmo-g-k3IqoCe1l")]
    public async Task Get_IdInAnyForm_TellsAllOfIt(string id)
    {
        using RawServer server = RawServer.Answering(200, One);
        using ServiceConnection connection = Engine.Connect(server);

        ChatGpt gpt = await connection.Gpts.GetAsync(id, CallSettings.None, default);

        Assert.Equal(("g-k3IqoCe1l", "Weather", "Ada", "https://chatgpt.com/g/g-k3IqoCe1l-weather"), (gpt.Id, gpt.Name, gpt.Author, gpt.Link));
        Assert.Equal(["Rain?"], gpt.PromptStarters);
        Assert.Equal(["productivity"], gpt.Categories);
        Assert.StartsWith("GET /v1/gpts/?id=g-k3IqoCe1l HTTP/1.1", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weather")]
    [InlineData("g-")]
    [InlineData("https://example.com/my-g-abc/x")]
    [InlineData("g-abc&id=g-def")]
    public async Task Get_NoId_IsRefusedBeforeAnythingIsSent(string id)
    {
        using RawServer server = RawServer.Answering(200, One);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Gpts.GetAsync(id, CallSettings.None, default));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith("-Id: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData("""{"code":1,"msg":"the store is closed","data":null}""", "the store is closed")]
    [InlineData("""{"code":"1","msg":"the store is closed","data":{"gizmo":{"id":"g-a"}}}""", "the store is closed")]
    [InlineData("""{"code":7,"data":[{"id":"g-a"}]}""", "code 7")]
    [InlineData("""{"code":0,"msg":"ok","data":{}}""", "")]
    [InlineData("""{"code":0,"msg":"ok","data":null}""", "")]
    public async Task Answer_ThatTellsOfNone_IsAnErrorWithItsWords(string answer, string words)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Contains(words, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Gpts.GetAsync("g-a1", CallSettings.None, default))).Message, StringComparison.Ordinal);
        Assert.Contains(words, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Gpts.FindAsync("x", CallSettings.None, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_Nothing_IsNoError()
    {
        using RawServer server = RawServer.Answering(200, """{"code":0,"msg":"ok","data":[]}""");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Empty(await connection.Gpts.FindAsync("x", CallSettings.None, default));
    }

    [Fact]
    public async Task Store_AtAServiceWithout_IsRefusedBeforeAnythingIsSent()
    {
        using RawServer server = RawServer.Answering(200, Found);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Anthropic, Model = "m" });

        Assert.Contains("store of GPTs", (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Gpts.FindAsync("x", CallSettings.None, default))).Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }
}
