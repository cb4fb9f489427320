using ChatPS.Client.Discovery;

namespace ChatPS.Client.Tests.Discovery;

public sealed class LocalServiceFinderTests
{
    private const string Models = """{"object":"list","data":[{"id":"a"},{"id":"b"}]}""";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("Ollama", "/api/version", """{"version":"0.12.3"}""", "0.12.3")]
    [InlineData("LMStudio", "/api/v0/models", """{"object":"list","data":[]}""", null)]
    [InlineData("LlamaCpp", "/props", """{"default_generation_settings":{},"build_info":"b6500"}""", "b6500")]
    [InlineData("VLLM", "/version", """{"version":"0.11.0"}""", "0.11.0")]
    [InlineData("FoundryLocal", "/openai/status", """{"modelDirPath":"/models"}""", null)]
    [InlineData("KoboldCpp", "/api/extra/version", """{"result":"KoboldCpp","version":"1.99"}""", "1.99")]
    [InlineData("TextGenerationWebUI", "/v1/internal/model/info", """{"model_name":"None","lora_names":[]}""", null)]
    [InlineData("LocalAI", "/system", """{"backends":[],"loaded_models":[]}""", null)]
    [InlineData("Custom", "/nothing", "{}", null)]
    public async Task Find_Server_IsToldByItsSign(string provider, string path, string answer, string? version)
    {
        using RawServer server = Serving(("/v1/models", Models), (path, answer));

        ChatLocalService found = Assert.Single(await FindAsync(server));

        Assert.Equal(provider, found.Provider);
        Assert.Equal(version, found.Version);
        Assert.Equal(["a", "b"], found.Models);
        Assert.Equal(server.BaseUri, found.BaseUri);
        Assert.Equal($"{provider}-{server.BaseUri.Port}", found.Name);
        Assert.All(server.Exchanges, exchange => Assert.Null(exchange.Header("Authorization")));
    }

    [Fact]
    public async Task Find_OllamaWithoutModels_IsThere()
    {
        using RawServer server = Serving(("/v1/models", """{"object":"list","data":null}"""), ("/api/version", """{"version":"0.1"}"""));

        Assert.Empty(Assert.Single(await FindAsync(server)).Models);
    }

    [Fact]
    public async Task Find_ServerThatAsksForAKey_SaysSo()
    {
        using RawServer server = Serving(("/version", """{"version":"0.11.0"}"""), ("/v1/models", null));

        ChatLocalService found = Assert.Single(await FindAsync(server));

        Assert.True(found.NeedsKey);
        Assert.Equal("VLLM", found.Provider);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"data":[{"name":"a"}]}""")]
    [InlineData("""{"data":"a"}""")]
    public async Task Find_SomeOtherServer_IsAskedOnceAndLeftOut(string answer)
    {
        using RawServer server = Serving(("/v1/models", answer));

        Assert.Empty(await FindAsync(server));
        Assert.StartsWith("GET /v1/models ", Assert.Single(server.Exchanges).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ServerThatSaysNothing_IsLeftOutAfterTheLimit()
    {
        using RawServer server = RawServer.Start(exchange => exchange.WhenClosedAsync());

        Assert.Empty(await LocalServiceFinder.FindAsync([server.BaseUri.Port], TimeSpan.FromMilliseconds(50), CancellationToken.None).WaitAsync(Engine.Patience));
    }

    [Fact]
    public async Task Find_ServerThatRedirects_IsNotFollowed()
    {
        using RawServer target = Serving(("/v1/models", Models));
        using RawServer server = RawServer.Answering(302, "", "text/plain", $"Location: {target.BaseUri}/models");

        Assert.Empty(await FindAsync(server));
        Assert.Empty(target.Exchanges);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public async Task Find_PortThatIsNone_IsRefused(int port)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => LocalServiceFinder.FindAsync([port], Limit, CancellationToken.None));

        Assert.Contains("-Port", failure.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ChatLocalService>> FindAsync(RawServer server) =>
        LocalServiceFinder.FindAsync([server.BaseUri.Port], Limit, CancellationToken.None).WaitAsync(Engine.Patience);

    // No answer means that a key is asked for.
    private static RawServer Serving(params (string Path, string? Answer)[] answers) => RawServer.Start(exchange =>
    {
        string path = exchange.Head.Split(' ')[1];
        (string found, string? answer) = answers.FirstOrDefault(pair => pair.Path == path);
        return found is null ? exchange.AnswerAsync(404, "{}", "application/json") : exchange.AnswerAsync(answer is null ? 401 : 200, answer ?? "{}", "application/json");
    });
}
