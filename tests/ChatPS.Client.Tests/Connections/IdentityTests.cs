using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Client.Tests.Connections;

public sealed class IdentityTests : IDisposable
{
    private const string Subject = "eyJhbGciOiJub25lIn0.subject-of-the-machine.x1";

    private readonly FakeTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-identity").FullName;

    public IdentityTests() => File.WriteAllText(TokenPath, Subject + "\n");

    private string TokenPath => Path.Combine(_folder, "token");

    public static TheoryData<string> Vendors => ["OpenAI", "Responses", "Anthropic"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Day_OfTokensOfAnHour_HasNoFailedCallAndShowsNoToken(string dialect)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Clock = _time.GetUtcNow, RequiredKey = "sk-test-nobody-has-this-one", MaxRecordedRequests = 10_000 });
        ConcurrentQueue<string> heard = [];
        CallSettings settings = new() { Verbose = heard.Enqueue, Debug = heard.Enqueue, Warning = heard.Enqueue };
        using ServiceConnection connection = Connect(server.BaseUri, dialect);
        List<ChatCompletion> answers = [];

        for (int minute = 0; minute < 24 * 60; minute += 10)
        {
            answers.Add(await connection.CompleteAsync(settings: settings));
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        // A token of an hour is renewed twenty minutes before its end: every forty minutes.
        IReadOnlyList<SandboxRequest> requests = server.GetRequests();
        Assert.Equal(24 * 60 / 40, requests.Count(IsExchange));
        Assert.Equal(24 * 6, requests.Count(request => !IsExchange(request)));
        string shown = string.Join('\n', [.. heard, .. answers.Select(answer => answer.Raw + answer), connection.Settings.Describe(true, false).KeySource, connection.Settings.ToString(), .. requests.Select(request => request.Body + string.Join(' ', request.Headers.Values))]);
        Assert.DoesNotContain("sk-test-token", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("subject-of-the-machine", shown, StringComparison.Ordinal);
        Assert.Equal([TokenPath], Directory.GetFiles(_folder));
        Assert.Equal("Identity: TokenFile", connection.Settings.Key!.Source);
    }

    [Fact]
    public async Task Call_ManyAtTheStart_ShareOneExchange()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Clock = _time.GetUtcNow, RequiredKey = "sk-test-nobody-has-this-one" });
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => connection.CompleteAsync()));

        Assert.Single(server.GetRequests(), IsExchange);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task Call_ClockThatJumps_GoesOnWithANewToken(int minutes)
    {
        DateTimeOffset now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Clock = () => now, RequiredKey = "sk-test-nobody-has-this-one" });
        using ServiceConnection connection = Connect(server.BaseUri, "Anthropic");
        await connection.CompleteAsync();

        // The service's clock goes on; this machine's is set forward, or back.
        _time.Advance(TimeSpan.FromMinutes(minutes));
        now += TimeSpan.FromMinutes(90);
        await connection.CompleteAsync();

        Assert.Equal(2, server.GetRequests().Count(IsExchange));
    }

    [Fact]
    public async Task Call_401_IsTriedWithATokenThatIsExchangedAnew()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"access_token":"sk-test-token-1","expires_in":3600}"""), RawServer.Answer(401, """{"error":{"message":"sk-test-token-1 was revoked"}}"""),
            RawServer.Answer(200, """{"access_token":"sk-test-token-2","expires_in":3600}"""), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        Assert.Equal("hi", (await connection.CompleteAsync()).Text);
        Assert.Equal([null, "Bearer sk-test-token-1", null, "Bearer sk-test-token-2"], server.Exchanges.Select(exchange => exchange.Header("Authorization")));
    }

    [Theory]
    [InlineData("", 40)]
    [InlineData(",\"expires_in\":null", 40)]
    [InlineData(",\"expires_in\":\"7200\"", 100)]
    [InlineData(",\"expires_in\":600", 5)]
    public async Task Call_LifetimeAsItIsTold_RenewsTwentyMinutesBeforeTheEndOrAtHalf(string told, int minutes)
    {
        using RawServer server = RawServer.Start(exchange => exchange.Head.Contains("/oauth/token", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, $$"""{"access_token":"sk-test-token"{{told}}}""", "application/json")
            : exchange.AnswerAsync(200, Engine.Answer("hi"), "application/json"));
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        await connection.CompleteAsync();
        _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        await connection.CompleteAsync();
        Assert.Equal(3, server.Exchanges.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        await connection.CompleteAsync();
        Assert.Equal(5, server.Exchanges.Count);
    }

    [Fact]
    public async Task Exchange_AtOpenAI_HasTheFormOfItsClients()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"access_token":"sk-test-token-1"}"""), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        await connection.CompleteAsync();

        Assert.StartsWith("POST /oauth/token HTTP", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(
            $$"""{"grant_type":"urn:ietf:params:oauth:grant-type:token-exchange","subject_token":"{{Subject}}","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","identity_provider_id":"idp_x","service_account_id":"sa_x"}""",
            server.Exchanges[0].Body);
    }

    [Fact]
    public async Task Exchange_AtAnthropic_HasTheFormOfItsClientsAndCallsCarryTheBeta()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, """{"access_token":"sk-test-token-1"}"""),
            RawServer.Answer(200, """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}"""));
        using ServiceConnection connection = Connect(server.BaseUri, "Anthropic");

        await connection.CompleteAsync();

        Assert.StartsWith("POST /v1/oauth/token HTTP", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal("oauth-2025-04-20,oidc-federation-2026-04-01", server.Exchanges[0].Header("anthropic-beta"));
        Assert.Equal(
            $$"""{"grant_type":"urn:ietf:params:oauth:grant-type:jwt-bearer","assertion":"{{Subject}}","federation_rule_id":"fdrl_x","organization_id":"org_x","service_account_id":"sa_x"}""", server.Exchanges[0].Body);
        Assert.Equal(("Bearer sk-test-token-1", null, "oauth-2025-04-20"), (server.Exchanges[1].Header("Authorization"), server.Exchanges[1].Header("x-api-key"), server.Exchanges[1].Header("anthropic-beta")));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Exchange_ThatIsRefused_IsNotTriedAgainAndQuotesNoToken(int status)
    {
        using RawServer server = RawServer.Answering(status, $$"""{"error":"invalid_grant","error_description":"{{Subject}} is not trusted"}""");
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI", maxRetry: 3);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("invalid_grant: **** is not trusted", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("subject-of-the-machine", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Exchange_ThatIsBusy_IsTriedAgain()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(503, "", "text/plain", "Retry-After: 2"), RawServer.Answer(200, """{"access_token":"sk-test-token-1"}"""), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI", maxRetry: 1);

        Task<ChatCompletion> call = connection.CompleteAsync();
        await _time.SkipWaitsAsync(call, ConnectionSettings.DefaultTimeout);

        Assert.Equal("hi", (await call).Text);
    }

    [Fact]
    public async Task Exchange_ThatIsSentOn_IsNotFollowed()
    {
        using RawServer elsewhere = RawServer.Answering(200, """{"access_token":"sk-test-token-1"}""");
        using RawServer server = RawServer.Answering(307, "", "text/plain", $"Location: {elsewhere.BaseUri}/oauth/token");
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        await connection.FailAsync();

        Assert.Empty(elsewhere.Exchanges);
    }

    [Fact]
    public async Task TokenFile_ThatChanges_IsReadEachTime()
    {
        using RawServer server = RawServer.Start(exchange => exchange.Head.Contains("/oauth/token", StringComparison.Ordinal)
            ? exchange.AnswerAsync(200, """{"access_token":"sk-test-token"}""", "application/json")
            : exchange.AnswerAsync(200, Engine.Answer("hi"), "application/json"));
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        await connection.CompleteAsync();
        await File.WriteAllTextAsync(TokenPath, "another");
        _time.Advance(TimeSpan.FromHours(1));
        await connection.CompleteAsync();

        Assert.Contains("\"subject_token\":\"another\"", server.Exchanges[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_ThatGivesATokenOrFails_IsToldSo()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"access_token":"sk-test-token-1"}"""), RawServer.Answer(200, Engine.Answer("hi")));
        IdentityOrigin script = Ids with { Source = null, Path = null, Script = "Get-Token" };
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI", identity: script, run: _ => new IssuedKey("from-script", null));
        using ServiceConnection empty = Connect(server.BaseUri, "OpenAI", identity: script, run: _ => new IssuedKey(" ", null));

        await connection.CompleteAsync();

        Assert.Contains("\"subject_token\":\"from-script\"", server.Exchanges[0].Body, StringComparison.Ordinal);
        Assert.Contains("empty token", (await empty.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_WithoutWhatTheServiceNeeds_SaysWhatIsMissing()
    {
        Uri service = new("https://api.example.com/v1");
        Assert.Contains("IdentityProviderId", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: new IdentityOrigin { Source = "TokenFile" })).Message, StringComparison.Ordinal);
        Assert.Contains("exchanges tokens", Engine.AssertInvalid(() => Connect(service, "OpenAI")).Message, StringComparison.Ordinal);
        Assert.Contains("exchanges no identities", Engine.AssertInvalid(() => Connect(service, "Gemini")).Message, StringComparison.Ordinal);
        Assert.Contains("over http", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { TokenUri = new Uri("http://auth.example.com/oauth/token") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_IdentityThatCannotWork_IsRefusedWhereverItWasWritten()
    {
        Uri service = new("https://api.openai.com/v1");
        Assert.Contains("Audience", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Source = "ManagedIdentity" })).Message, StringComparison.Ordinal);
        Assert.Contains("no source", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Source = "Foo\e[31m" })).Message, StringComparison.Ordinal);
        Assert.Contains("one source", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Script = "Get-Token" })).Message, StringComparison.Ordinal);
        Assert.Contains("not whole", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Path = "token.txt" })).Message, StringComparison.Ordinal);
        Assert.Contains("over ftp", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { TokenUri = new Uri("ftp://127.0.0.1/x") })).Message, StringComparison.Ordinal);
        Assert.Contains("no address", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { TokenUri = new Uri("https://u:p@auth.example.com/x") })).Message, StringComparison.Ordinal);
        Assert.Contains("Audience is nothing for TokenFile", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Audience = "api://x" })).Message, StringComparison.Ordinal);
        Assert.Contains("Path is nothing for GitHub", Engine.AssertInvalid(() => Connect(service, "OpenAI", identity: Ids with { Source = "GitHub" })).Message, StringComparison.Ordinal);
        Connect(new Uri("https://eu.api.openai.com/v1"), "OpenAI").Dispose();
    }

    [Fact]
    public async Task TokenFile_ThatIsADevice_IsNotRead()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using RawServer server = RawServer.Answering(200, """{"access_token":"sk-test-token-1"}""");
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI", identity: Ids with { Path = "/dev/zero" });

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("no ordinary file", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Exchange_RefusalThatQuotesTheToken_ShowsItInNoSpelling()
    {
        const string Token = "header.payload-of-the-token+x.signature-of-the-token==";
        await File.WriteAllTextAsync(TokenPath, Token);
        using RawServer server = RawServer.Answering(401, $$"""{"error":"invalid_grant","error_description":"{{Token}} {{Uri.EscapeDataString(Token)}} and signature-of-the-token=="}""");
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        ChatServiceException failure = await connection.FailAsync();

        Assert.Contains("invalid_grant", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("signature-of", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("payload-of", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public async Task Exchange_TokenThatHasEnded_IsNoToken(string seconds)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"access_token":"sk-test-token-1","expires_in":{{seconds}}}""");
        using ServiceConnection connection = Connect(server.BaseUri, "OpenAI");

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Single(server.Exchanges);
    }

    private IdentityOrigin Ids => new() { Source = IdentityOrigin.TokenFile, Path = TokenPath, IdentityProviderId = "idp_x", ServiceAccountId = "sa_x", FederationRuleId = "fdrl_x", OrganizationId = "org_x" };

    private static bool IsExchange(SandboxRequest request) => request.Path.EndsWith("/oauth/token", StringComparison.Ordinal);

    private ServiceConnection Connect(Uri service, string dialect, int maxRetry = 0, IdentityOrigin? identity = null, Func<CancellationToken, IssuedKey>? run = null)
    {
        Dialect spoken = KnownDialects.Find(dialect, "-Dialect");
        return new ServiceConnection(
            new ConnectionSettings { Dialect = spoken, BaseUri = BaseAddress.OfHost(service, spoken).BaseUri, Model = "sandbox-mini", Identity = identity ?? Ids, IdentityScript = run, MaxRetry = maxRetry }, _time, () => 0.5);
    }
}
