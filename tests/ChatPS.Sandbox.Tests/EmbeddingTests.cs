using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

/// <summary>The vectors of texts, in the forms and within the limits of the vendors.</summary>
public sealed class EmbeddingTests : SandboxTest
{
    private const string Path = "/v1/embeddings";
    private const string CoherePath = "/v2/embed";
    private const string GeminiPath = "/v1beta/models/gemini-x:batchEmbedContents";

    [Fact]
    public async Task Embed_Texts_GiveAVectorEachInTheOfficialForm()
    {
        JsonElement answer = await AskAsync(Path, """{"model":"m","input":["rotate a key","how to rotate keys","brew tea","rotate a key"]}""");

        Assert.Empty(OpenApiDescription.Official.Validate("CreateEmbeddingResponse", answer.GetRawText()));
        float[][] vectors = Vectors(answer);
        Assert.All(vectors, vector => Assert.Equal(256, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1, Product(vector, vector), 5));
        Assert.Equal(vectors[0], vectors[3]);
        Assert.True(Product(vectors[0], vectors[1]) > 0.3 + Product(vectors[0], vectors[2]));
        Assert.Equal(12, answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Embed_Base64_HoldsTheSameNumbers()
    {
        const string Request = """{"model":"m","input":"one text","dimensions":7""";
        float[] numbers = Vectors(await AskAsync(Path, Request + "}"))[0];

        byte[] bytes = (await AskAsync(Path, Request + ""","encoding_format":"base64"}""")).GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();

        Assert.Equal(7, numbers.Length);
        Assert.Equal(numbers, Enumerable.Range(0, 7).Select(place => BitConverter.ToSingle(bytes, place * sizeof(float))));
    }

    [Theory]
    [InlineData("""{"model":"m","input":[[1,2,3],[4]]}""", 2)]
    [InlineData("""{"model":"m","input":[1,2,3]}""", 1)]
    [InlineData("""{"model":"m","input":"!?"}""", 1)]
    public async Task Embed_TokensAndSigns_HaveVectors(string request, int count) => Assert.Equal(count, Vectors(await AskAsync(Path, request)).Length);

    [Theory]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":["a",""]}""", "input")]
    [InlineData("""{"model":"m","input":["a",7,{}]}""", "input[1]")]
    [InlineData("""{"model":"m","input":"a","dimensions":0}""", "dimensions")]
    [InlineData("""{"model":"m","input":"a","encoding_format":"hex"}""", "encoding_format")]
    [InlineData("""{"model":"m","input":"a","input_type":"clustering"}""", "input_type")]
    [InlineData("""{"model":"m","input":"a","task":"query"}""", "task")]
    public async Task Embed_WhatCannotBe_IsRefused(string request, string parameter) => Assert.Equal(parameter, (await FailAsync(400, Path, request)).GetProperty("param").GetString());

    [Fact]
    public async Task Embed_MoreThanTheLimits_IsRefusedAsOpenAIDoes()
    {
        string longest = string.Join(' ', Enumerable.Repeat("word", 8192));

        JsonElement tooMany = await FailAsync(400, Path, Texts(Enumerable.Repeat("a", 2049)));
        JsonElement tooLong = await FailAsync(400, Path, Texts(["a", longest + " more"]));
        JsonElement tooMuch = await FailAsync(400, Path, Texts(Enumerable.Repeat(longest, 37)));

        Assert.Contains("maximum length 2048", tooMany.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Invalid 'input[1]': maximum input length is 8192 tokens.", tooLong.GetProperty("message").GetString());
        Assert.Equal("Requested 303104 tokens, max 300000 tokens per request", tooMuch.GetProperty("message").GetString());
        Assert.Equal(36, Vectors(await AskAsync(Path, Texts(Enumerable.Repeat(longest, 36)))).Length);
    }

    [Fact]
    public async Task Embed_Voyage_TellsTheWholeUsageOnly()
    {
        JsonElement usage = (await AskAsync(Path, """{"model":"m","input":["a b"],"input_type":"query","output_dimension":16,"truncation":false}""")).GetProperty("usage");

        Assert.Equal("""{"total_tokens":2}""", usage.GetRawText());
    }

    [Theory]
    [InlineData("/openai/v1/embeddings", """{"model":"m","input":"a"}""")]
    [InlineData("/openai/deployments/m/embeddings?api-version=2024-10-21", """{"input":"a"}""")]
    public async Task Embed_Azure_AnswersAtBothAddresses(string path, string request) => Assert.Single(Vectors(await AskAsync(path, request)));

    [Fact]
    public async Task Embed_Cohere_AnswersByTypeOrPlainly()
    {
        JsonElement byType = await AskAsync(CoherePath, """{"model":"m","texts":["a","b"],"input_type":"search_query","embedding_types":["float"]}""");
        JsonElement plain = await AskAsync("/v1/embed", """{"model":"m","texts":["a","b"],"input_type":"search_query"}""");

        Assert.Equal(2, byType.GetProperty("embeddings").GetProperty("float").GetArrayLength());
        Assert.Equal(2, plain.GetProperty("embeddings").GetArrayLength());
        Assert.Equal(2, byType.GetProperty("meta").GetProperty("billed_units").GetProperty("input_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"model":"m","texts":["a"],"embedding_types":["float"]}""")]
    [InlineData("""{"model":"m","texts":["a"],"input_type":"search_query"}""")]
    [InlineData("""{"model":"m","texts":[""],"input_type":"search_query","embedding_types":["float"]}""")]
    [InlineData("""{"model":"m","texts":["a"],"input_type":"query","embedding_types":["float"]}""")]
    [InlineData("""{"model":"m","texts":["a"],"input_type":"search_query","embedding_types":["float"],"output_dimension":7}""")]
    public async Task Embed_CohereWhatCannotBe_IsRefused(string request) => await FailAsync(400, CoherePath, request);

    [Fact]
    public async Task Embed_Cohere_Takes96Texts()
    {
        JsonElement error = await FailAsync(400, CoherePath, $$"""{"model":"m","texts":{{JsonSerializer.Serialize(Enumerable.Repeat("a", 97))}},"input_type":"search_query","embedding_types":["float"]}""");

        Assert.Contains("at most 96", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_Ollama_AnswersWithEmbeddings()
    {
        JsonElement answer = await AskAsync("/api/embed", """{"model":"m","input":["a","b c"],"dimensions":8,"truncate":false}""");

        Assert.Equal([8, 8], answer.GetProperty("embeddings").EnumerateArray().Select(vector => vector.GetArrayLength()));
        Assert.Equal(3, answer.GetProperty("prompt_eval_count").GetInt32());
        await FailAsync(400, "/api/embed", $$"""{"model":"m","input":"{{string.Join(' ', Enumerable.Repeat("word", 2049))}}","truncate":false}""");
    }

    [Fact]
    public async Task Embed_Gemini_AnswersOneAndSeveral()
    {
        const string Text = """{"model":"models/gemini-x","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_DOCUMENT","title":"t","outputDimensionality":8}""";

        JsonElement several = await AskAsync(GeminiPath, $$"""{"requests":[{{Text}},{{Text}}]}""");
        JsonElement one = await AskAsync("/v1beta/models/gemini-x:embedContent", Text);

        Assert.Equal([8, 8], several.GetProperty("embeddings").EnumerateArray().Select(vector => vector.GetProperty("values").GetArrayLength()));
        Assert.Equal(several.GetProperty("embeddings")[0].GetRawText(), one.GetProperty("embedding").GetRawText());
    }

    [Theory]
    [InlineData("""{"requests":[{"content":{"parts":[{"text":"a"}]}}]}""", "model")]
    [InlineData("""{"requests":[{"model":"models/other","content":{"parts":[{"text":"a"}]}}]}""", "model")]
    [InlineData("""{"requests":[{"model":"models/gemini-x","content":{"parts":[{"text":"a"}]},"title":"t"}]}""", "title")]
    [InlineData("""{"requests":[{"model":"models/gemini-x","content":{"parts":[{"text":"a"}]},"input_type":"x"}]}""", "input_type")]
    [InlineData("""{}""", "at least one")]
    public async Task Embed_GeminiWhatCannotBe_IsRefused(string request, string said)
    {
        using HttpResponseMessage response = await PostAsync(GeminiPath, request);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(said, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rerank_Voyage_GivesDataAndPlainDocuments()
    {
        JsonElement answer = await AskAsync("/v1/rerank", """{"model":"m","query":"key","documents":["tea","a key"],"top_k":1,"return_documents":true}""");

        Assert.Equal("""[{"index":1,"relevance_score":1,"document":"a key"}]""", answer.GetProperty("data").GetRawText());
        Assert.Equal("""{"total_tokens":4}""", answer.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Rerank_Cohere_CountsSearches()
    {
        JsonElement answer = await AskAsync("/v2/rerank", $$"""{"model":"m","query":"key","documents":{{JsonSerializer.Serialize(Enumerable.Repeat("a", 101))}},"top_n":1}""");

        Assert.Equal(2, answer.GetProperty("meta").GetProperty("billed_units").GetProperty("search_units").GetInt32());
        Assert.Single(answer.GetProperty("results").EnumerateArray());
        await FailAsync(400, "/v2/rerank", $$"""{"model":"m","query":"key","documents":{{JsonSerializer.Serialize(Enumerable.Repeat("a", 1001))}}}""");
    }

    private static string Texts(IEnumerable<string> texts) => $$"""{"model":"m","dimensions":2,"input":{{JsonSerializer.Serialize(texts)}}}""";

    private static float[][] Vectors(JsonElement answer) =>
        [.. answer.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()).ToArray())];

    private static double Product(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
}
