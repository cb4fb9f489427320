using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Dialects.Gemini;

/// <summary>Addresses, models and errors.</summary>
public sealed class GeminiServiceTests
{
    private const string Details = "\"@type\":\"type.googleapis.com/google.rpc.";

    [Theory]
    [InlineData("https://generativelanguage.googleapis.com", "https://generativelanguage.googleapis.com/v1beta", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/", "https://generativelanguage.googleapis.com/v1beta", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1/models", "https://generativelanguage.googleapis.com/v1", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent", "https://generativelanguage.googleapis.com/v1beta", "gemini-2.5-flash")]
    [InlineData("https://gateway.example/models/gemini-2.5-flash:streamGenerateContent", "https://gateway.example/v1beta", "gemini-2.5-flash")]
    [InlineData("https://gateway.example/v1beta/tunedModels/mine:generateContent", "https://gateway.example/v1beta", "tunedModels/mine")]
    [InlineData(
        "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro:generateContent",
        "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google",
        "gemini-2.5-pro")]
    public void Read_Address_IsCompletedOrCut(string address, string expected, string? model)
    {
        ServiceAddress read = BaseAddress.Read(address, "-BaseUri", KnownDialects.Gemini);

        Assert.Equal((expected, model), (read.BaseUri.ToString().TrimEnd('/'), read.Model));
    }

    [Theory]
    [InlineData("gemini-x", "/models/gemini-x:generateContent")]
    [InlineData("models/gemini-x", "/models/gemini-x:generateContent")]
    [InlineData("tunedModels/mine", "/tunedModels/mine:generateContent")]
    [InlineData("odd name?#%", "/models/odd%20name%3F%23%25:generateContent")]
    public async Task Complete_Model_StandsInTheAddress(string model, string path)
    {
        using RawServer server = RawServer.Answering(200, """{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}]}""");
        using ServiceConnection connection = Connect(server, model);

        await connection.CompleteAsync();

        RawExchange exchange = Assert.Single(server.Exchanges);
        Assert.Equal($"POST /v1beta{path} HTTP/1.1", exchange.Head.Split('\r')[0]);
        Assert.Equal(Engine.Key, exchange.Header("x-goog-api-key"));
        Assert.Null(exchange.Header("Authorization"));
        Assert.Equal("""{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}""", exchange.Body);
    }

    [Fact]
    public async Task Complete_KeyHeaderIsAuthorization_GoesAsBearer()
    {
        using RawServer server = RawServer.Answering(500, "{}");
        using ServiceConnection connection = Connect(server, keyHeader: "Authorization");

        await connection.FailAsync();

        Assert.Equal("Bearer " + Engine.Key, Assert.Single(server.Exchanges).Header("Authorization"));
    }

    [Fact]
    public async Task ListModels_SeveralPages_GivesAll()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"models":[{"name":"models/a","displayName":"A","inputTokenLimit":5},{"name":"tunedModels/b"}],"nextPageToken":"p 2"}"""),
            RawServer.Answer(200, """{"models":[{"name":"models/c"}],"nextPageToken":""}"""));
        using ServiceConnection connection = Connect(server);

        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);

        Assert.Equal(["a", "tunedModels/b", "c"], models.Select(model => model.Id));
        Assert.Contains("\"inputTokenLimit\":5", models[0].Raw, StringComparison.Ordinal);
        Assert.Equal(
            ["GET /v1beta/models?pageSize=1000 HTTP/1.1", "GET /v1beta/models?pageSize=1000&pageToken=p%202 HTTP/1.1"], server.Exchanges.Select(exchange => exchange.Head.Split('\r')[0]));
    }

    [Fact]
    public async Task ListModels_ListOfAnotherDialect_IsABadResponse()
    {
        using RawServer server = RawServer.Answering(200, """{"object":"list","data":[{"id":"gpt-4o"}]}""");
        using ServiceConnection connection = Connect(server);

        Assert.Equal(ErrorIds.BadResponse, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Models.ListAsync(CallSettings.None, CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task Models_OfTheSandbox_AreListedAndShown()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Models = ["one", "two", "three"] });
        using ServiceConnection connection = Connect(BaseAddress.OfHost(server.BaseUri, KnownDialects.Gemini).BaseUri);
        CallSettings small = new() { AdditionalQuery = new Dictionary<string, string> { ["pageSize"] = "2" } };

        Assert.Equal(["one", "two", "three"], (await connection.Models.ListAsync(small, CancellationToken.None)).Select(model => model.Id));
        Assert.Equal(2, server.GetRequests().Count);
        Assert.Equal("two", (await connection.Models.GetAsync("two", CallSettings.None, CancellationToken.None)).Id);
        Assert.Equal(ErrorIds.ModelNotFound, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Models.GetAsync("four", CallSettings.None, CancellationToken.None))).ErrorId);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "Bad value.", "", ErrorIds.InvalidRequest, "400")]
    [InlineData(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", "{" + Details + "ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}", ErrorIds.AuthenticationFailed, "API_KEY_INVALID")]
    [InlineData(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", "", ErrorIds.AuthenticationFailed, "401")]
    [InlineData(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.", "", ErrorIds.AuthenticationFailed, "403")]
    [InlineData(404, "NOT_FOUND", "models/x is not found for API version v1beta, or is not supported for generateContent.", "", ErrorIds.ModelNotFound, "404")]
    [InlineData(400, "INVALID_ARGUMENT", "The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).", "", ErrorIds.ContextTooLong, "400")]
    [InlineData(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", "{" + Details + "QuotaFailure\",\"violations\":[{\"quotaId\":\"GenerateRequestsPerMinutePerProjectPerModel-FreeTier\"}]}", ErrorIds.RateLimited, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier")]
    [InlineData(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", "", ErrorIds.ServerError, "503")]
    [InlineData(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.", "", ErrorIds.Timeout, "504")]
    public async Task Complete_Error_IsTheFittingFailure(int status, string word, string message, string detail, string id, string code)
    {
        string body = $$$"""{"error":{"code":{{{status}}},"message":"{{{message}}}","status":"{{{word}}}","details":[{{{detail}}}]}}""";
        foreach (string form in new[] { body, $"[{body}]" })
        {
            using RawServer server = RawServer.Answering(status, form);
            using ServiceConnection connection = Connect(server);

            ChatServiceException failure = await connection.FailAsync();

            Assert.Equal((id, code, status), (failure.ErrorId, failure.ServiceCode, failure.StatusCode));
            Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Complete_RetryDelay_IsTheTimeToWait()
    {
        using RawServer server = RawServer.Answering(429, $$$"""{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED","details":[{{{{Details}}}RetryInfo","retryDelay":"17.5s"}]}}""");
        using ServiceConnection connection = Connect(server);

        Assert.Equal(TimeSpan.FromSeconds(17.5), (await connection.FailAsync()).RetryAfter);
    }

    [Fact]
    public async Task Complete_QuotaOfTheDay_IsNotTriedAgain()
    {
        using RawServer server = RawServer.Answering(
            429,
            $$$"""
            {"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[
              {{{{Details}}}QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProject"},{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{{{{Details}}}RetryInfo","retryDelay":"1s"}]}}
            """);
        using ServiceConnection connection = Connect(server, maxRetry: 3);

        Assert.Equal(ErrorIds.QuotaExceeded, (await connection.FailAsync()).ErrorId);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Complete_PromptIsBlocked_IsContentFilteredWithWhatWasFound()
    {
        using RawServer server = RawServer.Answering(
            200,
            """
            {"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"HIGH"},{"category":"HARM_CATEGORY_HATE_SPEECH","probability":"NEGLIGIBLE"}]},
             "usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}
            """);
        using ServiceConnection connection = Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.ContentFiltered, "SAFETY"), (failure.ErrorId, failure.ServiceCode));
        Assert.Contains("HARM_CATEGORY_HARASSMENT HIGH", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("HATE_SPEECH", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            [("HARM_CATEGORY_HARASSMENT", "HIGH", true), ("HARM_CATEGORY_HATE_SPEECH", "NEGLIGIBLE", false)],
            failure.ContentFilters.Select(filter => (filter.Category, filter.Severity, filter.Detected)));
    }

    [Fact]
    public async Task Complete_NoCandidates_IsABadResponse()
    {
        using RawServer server = RawServer.Answering(200, """{"usageMetadata":{"promptTokenCount":4}}""");
        using ServiceConnection connection = Connect(server);

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailAsync()).ErrorId);
    }

    [Fact]
    public async Task Complete_ServiceKnowsNoJsonSchema_IsToldInAnotherWay()
    {
        string refusal = """{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"responseJsonSchema\" at 'generation_config': Cannot find field.","status":"INVALID_ARGUMENT"}}""";
        using RawServer server = RawServer.Start(
            RawServer.Answer(400, refusal), RawServer.Answer(200, """{"candidates":[{"content":{"parts":[{"text":"{\"n\":1}"}]},"finishReason":"STOP"}]}"""));
        using ServiceConnection connection = Connect(server);
        OutputFormat format = new("n", new Dictionary<string, object?>
        {
            ["type"] = "object",
            ["properties"] = new Dictionary<string, object?> { ["n"] = new Dictionary<string, object?> { ["type"] = "integer" } },
        });

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask() with { Output = format }, CallSettings.None, CancellationToken.None);

        Assert.Equal("""{"n":1}""", answer.Text);
        Assert.Contains("\"responseJsonSchema\"", server.Exchanges[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"responseMimeType\"", server.Exchanges[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"responseJsonSchema\"", server.Exchanges[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_ModelThatThinks_GetsItsSignaturesBack()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Connect(BaseAddress.OfHost(server.BaseUri, KnownDialects.Gemini).BaseUri);
        ChatRequest request = Engine.Ask("call f") with
        {
            ThinkingBudget = 100,
            Tools = new object[]
            {
                new Dictionary<string, object?> { ["type"] = "function", ["function"] = new Dictionary<string, object?> { ["name"] = "f" } },
            },
        };

        ChatCompletion first = (await connection.StreamAsync(request))[^1].Completion!;
        ChatCompletion second = await connection.Chat.CompleteAsync(
            request with { Messages = [.. first.Messages, new("tool", "done") { ToolCallId = first.ToolCalls[0].Id }] }, CallSettings.None, CancellationToken.None);

        Assert.Equal("The tool answered: done", second.Text);
        Assert.NotEmpty(second.Reasoning!);
        first.Message!.Raw = null;
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(
            request with { Messages = [.. first.Messages, new("tool", "done") { ToolCallId = first.ToolCalls[0].Id }] }, CallSettings.None, CancellationToken.None));
        Assert.Contains("thought_signature", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceConnection Connect(RawServer server, string model = "gemini-x", string? keyHeader = null, int maxRetry = 0) =>
        Connect(BaseAddress.OfHost(server.BaseUri, KnownDialects.Gemini).BaseUri, model, keyHeader, maxRetry);

    private static ServiceConnection Connect(Uri address, string model = "gemini-x", string? keyHeader = null, int maxRetry = 0) => new(
        new ConnectionSettings
        {
            BaseUri = address,
            Dialect = KnownDialects.Gemini,
            Key = Engine.Secret(Engine.Key),
            KeyHeader = keyHeader,
            Model = model,
            MaxRetry = maxRetry,
        },
        TimeProvider.System,
        () => 0.5);
}
