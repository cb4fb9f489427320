using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Tests.Checkpoints;
using ChatPS.Client.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Embeddings;

/// <summary>Texts that travel in groups: each has a vector or an error of its own.</summary>
public sealed class EmbeddingRunTests : IDisposable
{
    private static readonly PriceTable Prices = new([new ModelPrice("m", 1, 0)]);

    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Embed_GroupThatIsTooLarge_IsHalvedOnce()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(400, """{"error":{"message":"Requested 400000 tokens, max 300000 tokens per request","type":"max_tokens_per_request","param":null,"code":"max_tokens_per_request"}}"""), VectorServer.AnswerAsync);

        IReadOnlyList<object> outcomes = await EmbedAsync(server, "t1", "t2", "t3", "t4");

        Assert.Equal([1, 2, 3, 4], Vectors(outcomes));
        Assert.Equal([4, 2, 2], server.Exchanges.Select(exchange => VectorServer.Texts(exchange).Count));
    }

    [Fact]
    public async Task Embed_TextThatIsTooLong_IsFoundByHalving()
    {
        using RawServer server = RawServer.Start(VectorServer.RefuseLongAsync);

        IReadOnlyList<object> outcomes = await EmbedAsync(server, [.. Enumerable.Range(0, 256).Select(number => number == 77 ? "long" : $"t{number}")]);

        Assert.Equal(ErrorIds.ContextTooLong, Assert.IsType<ChatServiceException>(outcomes[77]).ErrorId);
        Assert.Equal(Enumerable.Range(0, 256).Where(number => number != 77).Select(number => (float)number), Vectors(outcomes));
        Assert.InRange(server.Exchanges.Count, 2, 17);
    }

    [Theory]
    [InlineData(413, "Payload Too Large")]
    [InlineData(400, """{"message":"invalid request: total number of texts must be at most 96 - received 97"}""")]
    [InlineData(400, """{"error":{"message":"<400> InternalError.Algo.InvalidParameter: Value error, batch size is invalid, it should not be larger than 10.: input.contents"}}""")]
    [InlineData(400, """{"error":{"message":"input数组最大不得超过64条","code":"1214"}}""")]
    [InlineData(422, """{"error":"batch size 64 > maximum allowed batch size 32","error_type":"Validation"}""")]
    [InlineData(400, """{"error":{"message":"Too many inputs. The max number of inputs is 16.  We hope to increase the number of inputs per request soon."}}""")]
    [InlineData(400, """{"detail":"Request to model 'm' failed. The max allowed tokens per submitted batch is 120000. Your batch has 130000 tokens after truncation."}""")]
    [InlineData(400, """{"error":{"code":400,"message":"* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch","status":"INVALID_ARGUMENT"}}""")]
    public async Task Embed_AnyWordsForTooMuch_HalveTheGroup(int status, string refusal)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, refusal), VectorServer.AnswerAsync);

        Assert.Equal([1, 2], Vectors(await EmbedAsync(server, "t1", "t2")));
        Assert.Equal(3, server.Exchanges.Count);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2)]
    public async Task Embed_CheckpointThatCannotBeWritten_EndsTheRun(int most)
    {
        using RawServer server = RawServer.Start(exchange => VectorServer.Texts(exchange).Count > most
            ? RawServer.Answer(413, "Payload Too Large")(exchange)
            : VectorServer.AnswerAsync(exchange));
        using ServiceConnection connection = Engine.Connect(server);
        GatedStream? stream = null;
        using Checkpoint checkpoint = Checkpoint.Open(_folder.File, CheckpointMode.Resume, CheckpointFolder.Command, new Dictionary<string, object?>(), path => stream = new GatedStream(path));
        EmbeddingRun run = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint, budget: null);
        EmbeddingItem[] items = [.. Items("t1", "t2", "t3", "t4").Select(item => run.Claim(item, CallSettings.None))];
        stream!.IsFull = true;

        IReadOnlyList<object> outcomes = await run.EmbedAsync(items, CallSettings.None, CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(ErrorIds.CheckpointFailed, Assert.IsType<ChatServiceException>(outcome).ErrorId));
        Assert.Equal(most == 1000 ? 1 : 2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Invalid value for 'dimensions' = 4096. Must be less than or equal to 1536.","param":"dimensions"}}""")]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided."}}""")]
    [InlineData(500, """{"error":{"message":"The server had an error."}}""")]
    public async Task Embed_OtherFailure_IsThatOfEachTextAtOnce(int status, string refusal)
    {
        using RawServer server = RawServer.Answering(status, refusal);

        IReadOnlyList<object> outcomes = await EmbedAsync(server, "t1", "t2", "t3");

        Assert.Same(outcomes[0], outcomes[2]);
        Assert.Equal(status, Assert.IsType<ChatServiceException>(outcomes[1]).StatusCode);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public void Embed_AnyTextsGroupsAndFaults_GiveEachTextOneOutcomeInItsPlace()
    {
        Gen<(string[] Texts, int Group, int Seed)> runs =
            from kinds in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true))).Several(1, 40)
            from size in Gen.Choose(1, 12)
            from seed in Gen.Choose(0, 100_000)
            select (kinds.Select((isLong, number) => isLong ? $"long{number}" : $"t{number}").ToArray(), size, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Arb.From(runs), run =>
        {
            Random random = new(run.Seed);
            List<string> answered = [];
            using RawServer server = RawServer.Start(exchange =>
            {
                lock (random)
                {
                    IReadOnlyList<string> texts = VectorServer.Texts(exchange);
                    switch (random.Next(10))
                    {
                        case 0: return exchange.AnswerAsync(429, """{"error":{"message":"Rate limit reached."}}""", "application/json", "retry-after-ms: 1");
                        case 1: return exchange.AnswerAsync(500, """{"error":{"message":"Sorry."}}""", "application/json");
                        default:
                            answered.AddRange(texts.Any(text => text.StartsWith("long", StringComparison.Ordinal)) ? [] : texts);
                            return VectorServer.RefuseLongAsync(exchange);
                    }
                }
            });
            using ServiceConnection connection = Engine.Connect(server);
            EmbeddingRun embeddings = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null);
            EmbeddingItem[] items = [.. run.Texts.Select((text, index) => new EmbeddingItem(text, text, index))];

            object[] outcomes = [.. Task.WhenAll(items.Chunk(run.Group).Select(group => embeddings.EmbedAsync(group, CallSettings.None, CancellationToken.None))).GetAwaiter().GetResult().SelectMany(group => group)];

            Assert.Equal(items.Length, outcomes.Length);
            Assert.All(outcomes.Zip(items), pair =>
            {
                if (pair.First is ChatEmbedding embedding)
                {
                    Assert.Equal((pair.Second.Text, pair.Second.Index, $"t{embedding.Vector[0]}"), (embedding.Text, embedding.Index, embedding.Text));
                }
                else
                {
                    ChatServiceException failure = Assert.IsType<ChatServiceException>(pair.First);
                    Assert.True(failure.ErrorId is ErrorIds.RateLimited or ErrorIds.ServerError || pair.Second.Text.StartsWith("long", StringComparison.Ordinal), failure.Message);
                }
            });
            Assert.Equal(answered.Order(StringComparer.Ordinal), outcomes.OfType<ChatEmbedding>().Select(embedding => embedding.Text).Order(StringComparer.Ordinal));
        }));
    }

    [Fact]
    public async Task Embed_TokensAndCost_AreSharedOut()
    {
        using RawServer server = RawServer.Start(VectorServer.AnswerAsync);

        ChatEmbedding[] embeddings = [.. (await EmbedAsync(server, new CallSettings { Prices = Prices }, "t1", "t22222222222222222222", "t3")).Cast<ChatEmbedding>()];

        Assert.Equal(30, embeddings.Sum(embedding => embedding.Tokens));
        Assert.Equal(0.00003m, Math.Round(embeddings.Sum(embedding => embedding.Cost)!.Value, 12));
        Assert.True(embeddings[1].Tokens > embeddings[0].Tokens);
    }

    [Fact]
    public async Task Embed_StoredVectors_ComeBackInWhateverCompany()
    {
        using RawServer server = RawServer.Start(VectorServer.AnswerAsync);
        using ServiceConnection connection = Engine.Connect(server);
        IReadOnlyList<object> originals;
        using (Checkpoint checkpoint = _folder.Open())
        {
            EmbeddingRun run = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint, budget: null);
            originals = await run.EmbedAsync([.. Items("t1", "t2", "t2").Select(item => run.Claim(item, CallSettings.None))], CallSettings.None, CancellationToken.None);
        }

        using Checkpoint stored = _folder.Open();
        EmbeddingRun again = new([connection], new EmbeddingRequest { Model = "m" }, stored, budget: null);
        EmbeddingItem[] items = [.. Items("t2", "t9", "t2", "t1").Select(item => again.Claim(item, CallSettings.None))];

        Assert.Equal([true, false, true, true], items.Select(item => item.Slot!.IsStored));
        ChatEmbedding restored = again.Restore(items[3], new CallSettings { Prices = Prices })!;
        ChatEmbedding original = (ChatEmbedding)originals[0];
        Assert.Equal(original.Vector, restored.Vector);
        Assert.Equal((original.Text, original.Model, original.Tokens, 3), (restored.Text, restored.Model, restored.Tokens, restored.Index));
        Assert.Equal(restored.Tokens!.Value / 1_000_000m, restored.Cost);
        Assert.Equal(30, stored.StoredTokens);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Embed_FailedConnection_LeadsToTheNextWithTheSameModel()
    {
        using RawServer first = RawServer.Answering(503, """{"error":{"message":"Overloaded."}}""");
        using RawServer second = RawServer.Start(VectorServer.RefuseLongAsync);
        using ServiceConnection one = Engine.Connect(first);
        using ServiceConnection other = Engine.Connect(new ConnectionSettings { Name = "Other", Dialect = one.Settings.Dialect, BaseUri = second.BaseUri, Model = "another", MaxRetry = 0 });
        EmbeddingRun run = new([one, other], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null);

        IReadOnlyList<object> outcomes = await run.EmbedAsync([.. Items("t1", "long", "t3")], CallSettings.None, CancellationToken.None);

        Assert.Equal([1, 3], Vectors(outcomes));
        Assert.All(outcomes.OfType<ChatEmbedding>(), embedding => Assert.Equal("Other", embedding.Connection));
        Assert.Contains("\"model\":\"m\"", second.Exchanges[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_BudgetThatIsUsedUp_KeepsWhatCameBefore()
    {
        using RawServer server = RawServer.Start(VectorServer.RefuseLongAsync);
        using ServiceConnection connection = Engine.Connect(server);
        EmbeddingRun run = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, new Budget(25, null, null));

        // The first half takes 20; what follows no longer fits.
        IReadOnlyList<object> outcomes = await run.EmbedAsync([.. Items("t1", "t2", "long", "t4")], CallSettings.None, CancellationToken.None);

        Assert.Equal([1, 2], Vectors(outcomes));
        Assert.All(outcomes.Skip(2), outcome => Assert.Equal(ErrorIds.BudgetExceeded, Assert.IsType<ChatServiceException>(outcome).ErrorId));
    }

    [Fact]
    public async Task Embed_VectorsOfAnotherLength_AreAnErrorOfTheirTexts()
    {
        using RawServer server = RawServer.Start(VectorServer.AnswerAsync, RawServer.Answer(200, """{"data":[{"index":0,"embedding":[1,2,3]}]}"""));
        using ServiceConnection connection = Engine.Connect(server);
        EmbeddingRun run = new([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null);

        await run.EmbedAsync([.. Items("t1")], CallSettings.None, CancellationToken.None);
        ChatServiceException failure = Assert.IsType<ChatServiceException>(Assert.Single(await run.EmbedAsync([.. Items("t2")], CallSettings.None, CancellationToken.None)));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("3 numbers, where those before have 2", failure.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<EmbeddingItem> Items(params string[] texts) => texts.Select((text, index) => new EmbeddingItem(text, text, index));

    private static IEnumerable<float> Vectors(IReadOnlyList<object> outcomes) => outcomes.OfType<ChatEmbedding>().Select(embedding => embedding.Vector[0]);

    private static Task<IReadOnlyList<object>> EmbedAsync(RawServer server, params string[] texts) => EmbedAsync(server, CallSettings.None, texts);

    private static async Task<IReadOnlyList<object>> EmbedAsync(RawServer server, CallSettings settings, params string[] texts)
    {
        using ServiceConnection connection = Engine.Connect(server);
        return await new EmbeddingRun([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null).EmbedAsync([.. Items(texts)], settings, CancellationToken.None);
    }
}
