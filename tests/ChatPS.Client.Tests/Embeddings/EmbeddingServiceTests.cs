using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Embeddings;

/// <summary>Vectors in the forms of those who give them.</summary>
public sealed class EmbeddingServiceTests
{
    private const string One = """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,2]}],"model":"m2","usage":{"prompt_tokens":3,"total_tokens":3}}""";

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":"AACAPwAAAMA="},{"index":1,"embedding":"AABAQAAAgEA="}],"model":"m2","usage":{"prompt_tokens":7,"total_tokens":7}}""", 7)]
    [InlineData("""{"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1.0,-2.0]}],"model":"m2","usage":{"total_tokens":7}}""", 7)]
    [InlineData("""{"data":[{"index":"1","embedding":[3,4]},{"index":0,"embedding":"AACAPwAAAMA="}],"model":"m2"}""", null)]
    [InlineData("""{"data":[{"embedding":[1,-2]},{"embedding":[3,4]}],"model":"m2","usage":"none"}""", null)]
    [InlineData("""{"id":"x","texts":["a","b"],"embeddings":{"float":[[1,-2],[3,4]]},"model":"m2","meta":{"billed_units":{"input_tokens":7}}}""", 7)]
    [InlineData("""{"id":"x","embeddings":{"int8":[[1,-2],[3,4]],"float":[[1,-2],[3,4]]},"model":"m2","meta":{"tokens":{"input_tokens":7}}}""", 7)]
    [InlineData("""{"id":"x","response_type":"embeddings_floats","embeddings":[[1,-2],[3,4]],"model":"m2"}""", null)]
    [InlineData("""{"model":"m2","embeddings":[[1,-2],[3,4]],"total_duration":5,"prompt_eval_count":7}""", 7)]
    [InlineData("""{"embeddings":[{"values":[1,-2]},{"values":[3,4]}],"model":"m2","usageMetadata":{"promptTokenCount":7}}""", 7)]
    [InlineData("""{"data":[{"index":0,"embedding":{"float":[1,-2]}},{"index":1,"embedding":{"base64":"AABAQAAAgEA="}}],"model":"m2"}""", null)]
    public async Task Embed_AnswerOfEachForm_GivesVectorsInTheOrderOfTheTexts(string answer, int? tokens)
    {
        using RawServer server = RawServer.Answering(200, answer);

        EmbeddingAnswer vectors = await EmbedAsync(server, new EmbeddingRequest { Texts = ["a", "b"], Model = "m" });

        Assert.Equal([[1, -2], [3, 4]], vectors.Vectors);
        Assert.Equal(("m2", tokens), (vectors.Model, vectors.Usage?.TotalTokens));
    }

    [Fact]
    public async Task Embed_BareLists_AreVectors()
    {
        using RawServer server = RawServer.Answering(200, "[[1,-2],[3,4]]");

        Assert.Equal([[1, -2], [3, 4]], (await EmbedAsync(server, new EmbeddingRequest { Texts = ["a", "b"], Model = "m" })).Vectors);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""", "1 vectors for 2 texts")]
    [InlineData("""{"data":[]}""", "0 vectors for 2 texts")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]}""", "two vectors of the text 0")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]}""", "belongs to no text (index 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"embedding":[2]}]}""", "belongs to no text (index missing")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":-1,"embedding":[2]}]}""", "belongs to no text")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[2]}]}""", "different lengths, 2 and 1")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,null]},{"index":1,"embedding":[2,3]}]}""", "no number")]
    [InlineData("""{"data":[{"index":0,"embedding":"AADAfw=="},{"index":1,"embedding":"AACAPw=="}]}""", "no number")]
    [InlineData("""{"data":[{"index":0,"embedding":""},{"index":1,"embedding":""}]}""", "without numbers")]
    [InlineData("""{"data":[{"index":0,"embedding":"abc"},{"index":1,"embedding":[1]}]}""", "JSON expected")]
    [InlineData("""{"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":[1]}]}""", "JSON expected")]
    [InlineData("""{"data":[{"index":0.5,"embedding":[1]},{"index":1,"embedding":[2]}]}""", "belongs to no text (index 0.5 of 2 texts)")]
    [InlineData("""{"data":[{"index":"0.5","embedding":[1]},{"index":1,"embedding":[2]}]}""", "belongs to no text (index 0.5 of 2 texts)")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":98765432109876543210,"embedding":[2]}]}""", "belongs to no text (index 98765432109876543210 of 2 texts)")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":-1e300,"embedding":[2]}]}""", "belongs to no text (index -1e300 of 2 texts)")]
    [InlineData("""{"data":[{"index":0,"embedding":[[1,2,3]]},{"index":1,"embedding":[[1,2,3]]}]}""", "JSON expected")]
    [InlineData("""{"data":[{"index":0,"embedding":[[1],[2]]},{"index":1,"embedding":[3]}]}""", "JSON expected")]
    [InlineData("""{"data":[5,6]}""", "1 vectors for 2 texts")]
    [InlineData("""{"object":"list"}""", "no vectors")]
    public async Task Embed_AnswerThatDoesNotFit_SaysWhatIsWrong(string answer, string said)
    {
        using RawServer server = RawServer.Answering(200, answer);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => EmbedAsync(server, new EmbeddingRequest { Texts = ["a", "b"], Model = "m" }));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "/v1/embeddings", """{"model":"m","input":["a"],"encoding_format":"base64","dimensions":2}""")]
    [InlineData("openai", null, "/v1/embeddings", """{"model":"m","input":["a"],"encoding_format":"base64","dimensions":2}""")]
    [InlineData("Cohere", null, "/v1/embed", """{"model":"m","texts":["a"],"input_type":"search_document","embedding_types":["float"],"output_dimension":2,"truncate":"NONE"}""")]
    [InlineData("Cohere", EmbeddingUse.Query, "/v1/embed", """{"model":"m","texts":["a"],"input_type":"search_query","embedding_types":["float"],"output_dimension":2,"truncate":"NONE"}""")]
    [InlineData("Jina", EmbeddingUse.Clustering, "/v1/embeddings", """{"model":"m","input":["a"],"embedding_type":"base64","dimensions":2,"task":"separation","truncate":false}""")]
    [InlineData("Voyage", EmbeddingUse.Document, "/v1/embeddings", """{"model":"m","input":["a"],"encoding_format":"base64","output_dimension":2,"input_type":"document","truncation":false}""")]
    [InlineData("Ollama", null, "/api/embed", """{"model":"m","input":["a"],"truncate":false,"dimensions":2}""")]
    public async Task Embed_RequestOfEachForm_HasItsOwnMembers(string? form, EmbeddingUse? use, string path, string body)
    {
        using RawServer server = RawServer.Answering(200, One);

        await EmbedAsync(server, new EmbeddingRequest { Texts = ["a"], Model = "m", Dimension = 2, Use = use, Form = form });

        Assert.StartsWith($"POST {path} HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(body, server.Exchanges[0].Body);
        if (path == "/v1/embeddings" && form is null)
        {
            Assert.Empty(OpenApiDescription.Official.Validate("CreateEmbeddingRequest", body));
        }
    }

    [Theory]
    [InlineData(null, null, """{"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]}},{"model":"models/m","content":{"parts":[{"text":"b"}]}}]}""")]
    [InlineData(EmbeddingUse.Similarity, 2, """{"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"taskType":"SEMANTIC_SIMILARITY","outputDimensionality":2},{"model":"models/m","content":{"parts":[{"text":"b"}]},"taskType":"SEMANTIC_SIMILARITY","outputDimensionality":2}]}""")]
    public async Task Embed_Gemini_NamesTheModelInEachEntry(EmbeddingUse? use, int? dimension, string body)
    {
        using RawServer server = RawServer.Answering(200, """{"embeddings":[{"values":[1,-2]},{"values":[3,4]}]}""");

        EmbeddingAnswer answer = await EmbedAsync(server, new EmbeddingRequest { Texts = ["a", "b"], Model = "m", Use = use, Dimension = dimension }, "Gemini");

        Assert.Equal("m", answer.Model);
        Assert.Equal([1, -2], answer.Vectors[0]);
        Assert.StartsWith("POST /v1/models/m:batchEmbedContents HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(body, server.Exchanges[0].Body);
    }

    [Theory]
    [InlineData(null, "/openai/v1/embeddings")]
    [InlineData("2024-10-21", "/openai/deployments/m/embeddings?api-version=2024-10-21")]
    public async Task Embed_Azure_AsksAtEitherAddress(string? version, string path)
    {
        using RawServer server = RawServer.Answering(200, One);
        ServiceAddress address = KnownDialects.AzureOpenAI.Locate(new Uri(server.BaseUri.GetLeftPart(UriPartial.Authority)), version);
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.AzureOpenAI, BaseUri = address.BaseUri, ApiVersion = version, MaxRetry = 0 });

        EmbeddingAnswer answer = await connection.Embeddings.EmbedAsync(new EmbeddingRequest { Texts = ["a"], Model = "m" }, CallSettings.None, CancellationToken.None);

        Assert.Equal([1, 2], answer.Vectors[0]);
        Assert.StartsWith($"POST {path} HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.cohere.ai/compatibility/v1", "Cohere", 96, "https://api.cohere.ai/v2/embed")]
    [InlineData("https://api.cohere.com/v2", "Cohere", 96, "https://api.cohere.com/v2/embed")]
    [InlineData("https://api.cohere.com/v1", "Cohere", 96, "https://api.cohere.com/v1/embed")]
    [InlineData("https://api.voyageai.com/v1", "Voyage", 128, "https://api.voyageai.com/v1/embeddings")]
    [InlineData("https://api.jina.ai/v1", "Jina", 256, "https://api.jina.ai/v1/embeddings")]
    [InlineData("https://open.bigmodel.cn/api/paas/v4", "OpenAI", 64, "https://open.bigmodel.cn/api/paas/v4/embeddings")]
    [InlineData("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "OpenAI", 10, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/embeddings")]
    [InlineData("https://notcohere.com/v1", "OpenAI", 256, "https://notcohere.com/v1/embeddings")]
    public void Form_OfEachHost_IsItsOwn(string address, string name, int most, string asked)
    {
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = new Uri(address) };

        EmbeddingForm form = EmbeddingForms.Of(settings, name: null);

        Assert.Equal((name, most, asked), (form.Name, form.MostTexts, new Uri(settings.BaseUri.AbsoluteUri + "/" + form.Path(settings.BaseUri)).AbsoluteUri));
    }

    [Fact]
    public void Form_OllamaAsProvider_IsItsOwn() =>
        Assert.Equal("Ollama", EmbeddingForms.Of(new ConnectionSettings { Dialect = KnownDialects.OpenAI, Provider = "Ollama", BaseUri = new Uri("http://127.0.0.1:11434/v1") }, name: null).Name);

    [Fact]
    public async Task Embed_MoreThanARequestCarries_GoesOutInSeveral()
    {
        using RawServer server = RawServer.Start(VectorServer.AnswerAsync);

        EmbeddingAnswer answer = await EmbedAsync(server, new EmbeddingRequest { Texts = [.. Enumerable.Range(0, 100).Select(number => $"t{number}")], Model = "m", Form = "Cohere" });

        Assert.Equal(Enumerable.Range(0, 100).Select(number => (float)number), answer.Vectors.Select(vector => vector[0]));
        Assert.Equal([4, 96], server.Exchanges.Select(exchange => VectorServer.Texts(exchange).Count).Order());
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"encoding_format is not supported","type":"invalid_request_error"}}""")]
    [InlineData(422, """{"error":{"message":"Unknown member","param":"encoding_format"}}""")]
    public async Task Embed_ServiceThatRefusesBase64_IsAskedForNumbersFromThenOn(int status, string refusal)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, refusal), RawServer.Answer(200, One));
        using ServiceConnection connection = Engine.Connect(server);
        EmbeddingRequest request = new() { Texts = ["a"], Model = "m" };

        await connection.Embeddings.EmbedAsync(request, CallSettings.None, CancellationToken.None);
        await connection.Embeddings.EmbedAsync(request, CallSettings.None, CancellationToken.None);

        Assert.Equal(["""{"model":"m","input":["a"],"encoding_format":"base64"}""", """{"model":"m","input":["a"]}""", """{"model":"m","input":["a"]}"""], server.Exchanges.Select(exchange => exchange.Body));
    }

    public static TheoryData<string, EmbeddingRequest, string> Refused => new()
    {
        { "OpenAI", new EmbeddingRequest { Texts = ["a"], Use = EmbeddingUse.Query }, "-InputType: the form OpenAI" },
        { "OpenAI", new EmbeddingRequest { Texts = ["a"], Use = EmbeddingUse.Clustering, Form = "Voyage" }, "-InputType is Clustering" },
        { "OpenAI", new EmbeddingRequest { Texts = ["a"], Form = "Acme" }, "-Form is 'Acme'" },
        { "OpenAI", new EmbeddingRequest { Texts = ["a"], Dimension = 0 }, "-Dimension is 0" },
        { "OpenAI", new EmbeddingRequest { Texts = ["a", " \n"] }, "The text is empty" },
        { "Gemini", new EmbeddingRequest { Texts = ["a"], Form = "Cohere" }, "-Form is 'Cohere'" },
        { "Anthropic", new EmbeddingRequest { Texts = ["a"] }, "has no embeddings" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Embed_WhatCannotBeSent_IsRefusedBeforeIt(string dialect, EmbeddingRequest request, string said)
    {
        using RawServer server = RawServer.Answering(200, One);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => EmbedAsync(server, request with { Model = "m" }, dialect));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    private static async Task<EmbeddingAnswer> EmbedAsync(RawServer server, EmbeddingRequest request, string dialect = "OpenAI")
    {
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.Find(dialect, ""), BaseUri = server.BaseUri, MaxRetry = 0 });
        return await connection.Embeddings.EmbedAsync(request, CallSettings.None, CancellationToken.None);
    }
}
