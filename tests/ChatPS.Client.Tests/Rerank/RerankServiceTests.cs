using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Rerank;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.Rerank;

/// <summary>The answers of the services that rerank, each in its own form.</summary>
public sealed class RerankServiceTests
{
    [Theory]
    [InlineData("""{"model":"m2","results":[{"index":1,"relevance_score":0.9,"document":{"text":"b"}},{"index":0,"relevance_score":0.2}],"usage":{"total_tokens":7}}""", "m2", 7)]
    [InlineData("""{"id":"x","results":[{"index":0,"relevance_score":0.2},{"index":1,"relevance_score":0.9}],"meta":{"api_version":{"version":"2"},"billed_units":{"search_units":1}}}""", "m", null)]
    [InlineData("""{"object":"list","data":[{"index":1,"relevance_score":0.9,"document":"b"},{"index":0,"relevance_score":0.2,"document":"a"}],"model":"m2","usage":{"total_tokens":7}}""", "m2", 7)]
    [InlineData("""{"id":"x","results":[{"index":1,"relevance_score":0.9,"document":null},{"index":0,"relevance_score":0.2}],"meta":{"tokens":{"input_tokens":5,"output_tokens":2}}}""", "m", 7)]
    [InlineData("""{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.2}],"usage":{"prompt_tokens":"x","total_tokens":-3},"meta":"v2"}""", "m", null)]
    [InlineData("""{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.2}],"usage":[],"meta":{"tokens":5}}""", "m", null)]
    [InlineData("""{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.2}],"usage":{"total_tokens":30000000000}}""", "m", null)]
    [InlineData("""{"results":[null,{"index":1,"score":0.9},{"index":0,"relevance_score":"0.2"}],"usage":{"prompt_tokens":7,"total_tokens":7}}""", "m", 7)]
    public async Task Rank_AnswerOfEachForm_GivesTheBestFirst(string answer, string model, int? tokens)
    {
        using RawServer server = RawServer.Answering(200, answer);

        IReadOnlyList<ChatRerankResult> results = await RankAsync(server, ["a", "b"]);

        Assert.Equal([("b", 1, 1, 0.9), ("a", 2, 0, 0.2)], results.Select(result => (result.Text, result.Rank, result.Index, result.Score)));
        Assert.All(results, result => Assert.Equal((model, tokens, $"input {result.Text}"), (result.Model, result.Usage?.TotalTokens, result.Input)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[{"index":2,"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":-1,"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"relevance_score":1}]}""")]
    [InlineData("""{"results":[{"index":0}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":1}]}""")]
    [InlineData("""{"results":[5]}""")]
    public async Task Rank_AnswerThatDoesNotFit_IsABadResponse(string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);

        Assert.Equal(ErrorIds.BadResponse, (await Assert.ThrowsAsync<ChatServiceException>(() => RankAsync(server, ["a", "b"]))).ErrorId);
    }

    [Fact]
    public async Task Rank_Request_SaysHowManyAreWanted()
    {
        using RawServer server = RawServer.Answering(200, """{"results":[{"index":0,"relevance_score":-2.5}]}""");

        ChatRerankResult result = Assert.Single(await RankAsync(server, ["a", "b"], top: 1));

        Assert.Equal(-2.5, result.Score);
        Assert.Equal("""{"model":"m","query":"q","documents":["a","b"],"top_n":1,"return_documents":false}""", server.Exchanges[0].Body);
        Assert.StartsWith("POST /v1/rerank HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cohere", """{"model":"m","query":"q","documents":["a","b","c"],"top_n":3}""")]
    [InlineData("jina", """{"model":"m","query":"q","documents":["a","b","c"],"top_n":3,"return_documents":false}""")]
    [InlineData("Voyage", """{"model":"m","query":"q","documents":["a","b","c"],"top_k":3,"return_documents":false}""")]
    public async Task Rank_MoreWantedThanThereAre_IsCappedInEachForm(string form, string body)
    {
        using RawServer server = RawServer.Answering(200, """{"results":[{"index":2,"relevance_score":-7.5},{"index":0,"score":3.1},{"index":1,"relevance_score":"-0.5"}]}""");

        IReadOnlyList<ChatRerankResult> results = await RankAsync(server, ["a", "b", "c"], top: 10, form);

        Assert.Equal(body, server.Exchanges[0].Body);
        Assert.Equal([("a", 3.1), ("b", -0.5), ("c", -7.5)], results.Select(result => (result.Text, result.Score)));
    }

    [Theory]
    [InlineData("https://api.cohere.ai/compatibility/v1", "Cohere", "https://api.cohere.ai/v2/rerank")]
    [InlineData("https://api.cohere.com/v2", "Cohere", "https://api.cohere.com/v2/rerank")]
    [InlineData("https://api.voyageai.com/v1", "Voyage", "https://api.voyageai.com/v1/rerank")]
    [InlineData("https://api.siliconflow.com/v1", "Jina", "https://api.siliconflow.com/v1/rerank")]
    public void Form_OfEachHost_IsItsOwn(string address, string name, string asked)
    {
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = new Uri(address) };

        RerankForm form = RerankForms.Of(settings, name: null);

        Assert.Equal((name, asked), (form.Name, new Uri(settings.BaseUri.AbsoluteUri + "/" + form.Path(settings.BaseUri)).AbsoluteUri));
    }

    [Theory]
    [InlineData("""{"results":[{"index":0,"relevance_score":1}],"meta":{"billed_units":{"search_units":3}}}""", 0.006)]
    [InlineData("""{"results":[{"index":0,"relevance_score":1}],"usage":{"total_tokens":7}}""", 0.0)]
    [InlineData("""{"results":[{"index":0,"relevance_score":1}],"meta":{"billed_units":{"search_units":-1}}}""", null)]
    public async Task Rank_Searches_CostWhatTheTableSays(string answer, double? cost)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        CallSettings settings = new() { Prices = new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Search] = 0.002m } }]) };

        ChatRerankResult result = Assert.Single(await new RerankService(connection).RankAsync("q", [("a", null, 0)], "m", null, null, settings, CancellationToken.None));

        Assert.Equal((decimal?)cost, result.Cost);
    }

    [Theory]
    [InlineData(3, null, 0.01)]
    [InlineData(2003, null, 0.03)]
    [InlineData(2003, 2, 0.03)]
    public async Task Rank_CostsOfTheResults_AreTogetherThatOfAllParts(int count, int? top, double cost)
    {
        using RawServer server = RawServer.Answering(200, """{"results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":0.5},{"index":2,"relevance_score":0.2}],"meta":{"billed_units":{"search_units":5}}}""");
        using ServiceConnection connection = Engine.Connect(server);
        CallSettings settings = new() { Prices = new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Search] = 0.002m } }]) };

        IReadOnlyList<ChatRerankResult> results = await new RerankService(connection).RankAsync(
            "q", [.. Enumerable.Range(0, count).Select(index => ("a", (object?)null, index))], "m", top, null, settings, CancellationToken.None);

        Assert.Equal(top ?? (count == 3 ? 3 : 9), results.Count);
        Assert.Equal((decimal)cost, results.Sum(result => result.Cost));
        Assert.Single(results.Select(result => Math.Round(result.Cost!.Value, 6)).Distinct());
    }

    [Fact]
    public async Task Rank_ServiceThatGivesMoreThanWanted_IsCut()
    {
        using RawServer server = RawServer.Answering(200, """{"results":[{"index":0,"relevance_score":0.1},{"index":1,"relevance_score":0.2}]}""");

        Assert.Equal("b", Assert.Single(await RankAsync(server, ["a", "b"], top: 1)).Text);
    }

    [Fact]
    public async Task Rank_Tokens_AreEnteredInTheLedger()
    {
        using RawServer server = RawServer.Answering(200, """{"results":[{"index":0,"relevance_score":1}],"usage":{"total_tokens":7}}""");
        UsageLedger ledger = new();
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, MaxRetry = 0 }, ledger);

        await new RerankService(connection).RankAsync("q", [("a", null, 0)], "m", null, null, CallSettings.None, CancellationToken.None);

        ChatUsageTotal total = Assert.Single(ledger.Read((_, _) => true));
        Assert.Equal(("m", 7L), (total.Model, total.TotalTokens));
    }

    private static async Task<IReadOnlyList<ChatRerankResult>> RankAsync(RawServer server, string[] texts, int? top = null, string? form = null)
    {
        using ServiceConnection connection = Engine.Connect(server);
        return await new RerankService(connection).RankAsync("q", [.. texts.Select((text, index) => (text, (object?)$"input {text}", index))], "m", top, form, CallSettings.None, CancellationToken.None);
    }
}
