using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Decisions;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>How the form of a service is found out, and remembered.</summary>
public sealed class WaySearchTests
{
    private const string Answer = """{"answers":{"refund":{"type":"noul","noul":0.9}}}""";
    private const string NoRoute = "<html>404</html>";

    /// <summary>What services say to OpenAI's form that want another.</summary>
    public static TheoryData<int, string, string> Refusals => new()
    {
        { 422, """{"detail":[{"type":"missing","loc":["body","state"],"msg":"Field required","input":{"model":"m"}}]}""", "state" },
        { 422, """{"detail":[{"loc":["body","state"],"msg":"Field required"}]}""", "state" },
        { 400, """{"error":{"message":"Missing required parameter: 'state'.","type":"invalid_request_error","param":"state","code":"missing_required_parameter"}}""", "state" },
        { 400, """{"error":"state is required"}""", "state" },
        { 400, """{"error":{"message":"questions must be an object","code":400}}""", "state" },
        { 422, """{"detail":[{"type":"dict_type","loc":["body","questions"],"msg":"Input should be a valid dictionary"}]}""", "state" },
        { 400, """{"error":{"issues":[{"code":"invalid_type","expected":"object","received":"array","path":["questions"],"message":"Expected object, received array"}]}}""", "state" },
        { 400, """{"error":"questions: invalid type: sequence, expected a map at line 1 column 60"}""", "state" },
        { 400, """{"object":"error","message":"[{'type': 'missing', 'loc': ('body', 'questions', 0, 'id'), 'msg': 'Field required'}]","type":"BadRequestError","param":null,"code":400}""", "id" },
        { 422, """{"detail":[{"loc":["body","questions",0,"question"],"msg":"Field required"}]}""", "id" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Complete_FormThatIsRefused_IsChangedOnceAndRemembered(int status, string refusal, string wanted)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, refusal), RawServer.Answer(200, Answer));
        using ServiceConnection connection = Engine.Connect(server);
        List<string> told = [];

        await AskAsync(connection, told);
        await AskAsync(connection, told);

        Assert.Equal(3, server.Exchanges.Count);
        Assert.All(server.Exchanges, exchange => Assert.StartsWith("POST /v1/decisions ", exchange.Head, StringComparison.Ordinal));
        Assert.Contains("\"name\":\"refund\"", server.Exchanges[0].Body, StringComparison.Ordinal);
        Assert.All(server.Exchanges.Skip(1), exchange => Assert.Contains(wanted == "state" ? "\"state\":\"text\"" : "\"id\":\"refund\"", exchange.Body, StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("does not take the form OpenAI", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"detail":[{"loc":["body","input"],"msg":"Field required"}]}""")]
    [InlineData("""{"detail":[{"type":"list_type","loc":["body","questions"],"msg":"Input should be a valid list"}]}""")]
    public async Task Complete_SystemOneThatIsRefused_BecomesOpenAIs(string refusal)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(404, NoRoute, "text/html"), RawServer.Answer(422, refusal), RawServer.Answer(200, Answer));
        using ServiceConnection connection = Engine.Connect(server);

        await AskAsync(connection);
        await AskAsync(connection);

        Assert.Equal(["/v1/decisions", "/v1/systemone", "/v1/systemone", "/v1/systemone"], server.Exchanges.Select(exchange => exchange.Head.Split(' ')[1]));
        Assert.Contains("\"input\":\"text\"", server.Exchanges[3].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Invalid 'questions[0].choices': values must be unique."}}""")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 10 tokens."}}""")]
    [InlineData(422, """{"detail":"state of the union: the input is required to be shorter"}""")]
    [InlineData(401, """{"error":{"message":"Missing 'state'"}}""")]
    [InlineData(403, """{"error":{"message":"Missing 'state'"}}""")]
    [InlineData(429, """{"error":{"message":"Missing 'state'"}}""")]
    [InlineData(500, """{"error":{"message":"Missing 'state'"}}""")]
    [InlineData(404, """{"error":{"message":"The model `m` does not exist","code":"model_not_found"}}""")]
    public async Task Complete_OtherFailure_ChangesNothing(int status, string failure)
    {
        using RawServer server = RawServer.Answering(status, failure);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(status, (await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection))).StatusCode);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Complete_BothFormsRefused_TellsTheFirstRefusal()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(400, """{"error":"state is required, says the first"}"""), RawServer.Answer(400, """{"error":"input is required, says the second"}"""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection));

        Assert.Contains("says the first", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Complete_NeitherEndpoint_AsksTheChatModel(int status)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, NoRoute, "text/html"), RawServer.Answer(status, NoRoute, "text/html"), RawServer.Answer(200, Tokens.Answer("yes", ("yes", -0.1))));
        using ServiceConnection connection = Engine.Connect(server);
        List<string> told = [];

        ChatDecision decision = await AskAsync(connection, told);
        await AskAsync(connection);

        Assert.Equal(["/v1/decisions", "/v1/systemone", "/v1/chat/completions", "/v1/chat/completions"], server.Exchanges.Select(exchange => exchange.Head.Split(' ')[1]));
        Assert.Equal(ChatDecisionMethod.LogProbs, decision.Method);
        Assert.Contains(told, line => line.Contains("the chat model, which this connection stays with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_FormThatIsGiven_Stays()
    {
        using RawServer server = RawServer.Answering(422, """{"detail":[{"loc":["body","state"],"msg":"Field required"}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(Ask.About("text", Ask.Refund) with { Form = "openai" }, CallSettings.None, CancellationToken.None));
        ChatServiceException unknown = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Decisions.CompleteAsync(Ask.About("text", Ask.Refund) with { Form = "x" }, CallSettings.None, CancellationToken.None));

        Assert.Single(server.Exchanges);
        Assert.Contains("OpenAI, SystemOne, Gemini, SGLang, Cloudflare, Chat", unknown.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_ManyFirstCalls_AskOnlyOnceInTheWrongForm()
    {
        using RawServer server = RawServer.Start(
            exchange => exchange.Body.Contains("\"state\"", StringComparison.Ordinal) ? exchange.AnswerAsync(200, Answer, "application/json") : exchange.AnswerAsync(400, """{"error":"state is required"}""", "application/json"));
        using ServiceConnection connection = Engine.Connect(server);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(connection)));

        Assert.Equal(13, server.Exchanges.Count);
        Assert.Single(server.Exchanges, exchange => !exchange.Body.Contains("\"state\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_ModelsOfDifferentForms_AreAskedEachInItsOwn()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        foreach (string model in new[] { "sandbox-mini", "sandbox-systemone", "sandbox-sglang", "sandbox-mini", "sandbox-systemone", "sandbox-sglang" })
        {
            await connection.Decisions.CompleteAsync(Ask.About("text") with { Model = model }, CallSettings.None, CancellationToken.None);
        }

        Assert.Equal(8, server.GetRequests().Count);
    }

    [Fact]
    public async Task Complete_FirstCallThatFails_LeavesTheFormOpen()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, "{}"), RawServer.Answer(400, """{"error":"state is required"}"""), RawServer.Answer(200, Answer));
        using ServiceConnection connection = Engine.Connect(server);

        await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(connection));

        Assert.Equal("refund: True", (await AskAsync(connection)).Text);
    }

    /// <summary>What a changed service says to the form that it took before.</summary>
    public static TheoryData<int, string> Changes => new()
    {
        { 422, """{"detail":[{"loc":["body","state"],"msg":"Field required"}]}""" },
        { 404, NoRoute },
        { 405, "" },
        { 501, "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Complete_ServiceThatIsChangedLater_IsFoundOutAnewByOneOfAll(int status, string refusal)
    {
        bool isChanged = false;
        using RawServer server = RawServer.Start(exchange =>
            !Volatile.Read(ref isChanged) || (status == 422 ? exchange.Body.Contains("\"state\"", StringComparison.Ordinal) : exchange.Head.Contains("/systemone ", StringComparison.Ordinal))
                ? exchange.AnswerAsync(200, Answer, "application/json") : exchange.AnswerAsync(status, refusal, "application/json"));
        using ServiceConnection connection = Engine.Connect(server);
        await AskAsync(connection);
        Volatile.Write(ref isChanged, true);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(connection)));
        int before = server.Exchanges.Count;
        await AskAsync(connection);

        Assert.InRange(before, 1 + 1 + 12, 1 + 12 + 12 + 1);
        Assert.Equal(before + 1, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("alternating")]
    [InlineData("refusing")]
    public async Task Complete_ServiceThatRefusesEveryForm_IsAskedAFewTimesOnly(string how)
    {
        int asked = 0;
        using RawServer server = RawServer.Start(exchange =>
        {
            int turn = Interlocked.Increment(ref asked);
            bool isStates = exchange.Body.Contains("\"state\"", StringComparison.Ordinal);
            return turn == 1 || (how == "alternating" && turn % 4 == 0) ? exchange.AnswerAsync(200, Answer, "application/json")
                : exchange.AnswerAsync(400, isStates ? """{"error":"input is required"}""" : """{"error":"state is required"}""", "application/json");
        });
        using ServiceConnection connection = Engine.Connect(server);
        await AskAsync(connection);

        for (int item = 0; item < 10; item++)
        {
            int before = server.Exchanges.Count;
            await Record.ExceptionAsync(() => AskAsync(connection));
            Assert.InRange(server.Exchanges.Count - before, 1, 3);
        }
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", "OpenAI", "OpenAI", "https://api.openai.com/v1/decisions")]
    [InlineData("https://openrouter.ai/api/v1", "OpenAI", "SystemOne", "https://openrouter.ai/api/v1/systemone")]
    [InlineData("https://api.typesafe.ai/v1", "OpenAI", "SystemOne", "https://api.typesafe.ai/v1/systemone")]
    [InlineData("http://127.0.0.1:11434/v1", "OpenAI", "SystemOne", "http://127.0.0.1:11434/v1/systemone")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta", "Gemini", "Gemini", "https://generativelanguage.googleapis.com/v1beta/decisions")]
    [InlineData("https://api.cloudflare.com/client/v4/accounts/a/ai/v1", "OpenAI", "Cloudflare", "https://api.cloudflare.com/client/v4/accounts/a/ai/run/@x/y")]
    [InlineData("https://api.fireworks.ai/inference/v1", "OpenAI", "OpenAI", "https://api.fireworks.ai/inference/v1/decisions")]
    [InlineData("https://gateway.example.com/v1", "Responses", "OpenAI", "https://gateway.example.com/v1/decisions")]
    [InlineData("https://a.openai.azure.com", "AzureOpenAI", null, null)]
    [InlineData("https://api.anthropic.com/v1", "Anthropic", null, null)]
    public void Form_OfEachHost_IsItsOwn(string address, string dialect, string? form, string? endpoint)
    {
        ConnectionSettings settings = new() { Dialect = KnownDialects.Find(dialect, "test"), BaseUri = new Uri(address) };

        DecisionWay way = new WaySearch(settings, form: null, CallSettings.None).First;

        Assert.Equal((form, endpoint), (way.Form?.Name, way.Form is null ? null : new Uri(settings.BaseUri.AbsoluteUri.TrimEnd('/') + "/" + way.Path(settings, "@x/y")).AbsoluteUri));
    }

    private static Task<ChatDecision> AskAsync(ServiceConnection connection, List<string>? told = null) =>
        connection.Decisions.CompleteAsync(Ask.About("text", Ask.Refund), told is null ? CallSettings.None : new CallSettings { Verbose = told.Add }, CancellationToken.None).WaitAsync(Engine.Patience);
}
