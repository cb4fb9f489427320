using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Calls;

public sealed class RetryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private readonly FakeTime _time = new();
    private readonly RetryBudget _budget = new();

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(529)]
    public async Task Send_StatusThatMayPass_IsTriedAsOftenAsAllowed(int status)
    {
        (HttpResponseMessage? response, Script script, IReadOnlyList<TimeSpan> waits) = await SendAsync(2, _ => Answer(status));

        Assert.Equal(status, (int)response!.StatusCode);
        Assert.Equal(3, script.Attempts);
        Assert.Equal(2, waits.Count);
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(status == 429 ? 60 : 30)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(501)]
    [InlineData(505)]
    public async Task Send_StatusThatStays_IsNotTriedAgain(int status) => Assert.Equal(1, (await SendAsync(5, _ => Answer(status))).Script.Attempts);

    [Fact]
    public async Task Send_NoRetryAllowed_IsTriedOnce() => Assert.Equal(1, (await SendAsync(0, _ => Answer(500))).Script.Attempts);

    [Fact]
    public async Task Send_FailsTwice_GivesTheThirdAnswer()
    {
        (HttpResponseMessage? response, Script script, IReadOnlyList<TimeSpan> waits) = await SendAsync(2, attempt => Answer(attempt < 3 ? 429 : 200));

        Assert.Equal(HttpStatusCode.OK, response!.StatusCode);
        Assert.Equal(3, script.Attempts);
        Assert.True(waits[1] > waits[0]);
        Assert.All(script.Answers.SkipLast(1), answer => Assert.Throws<ObjectDisposedException>(() => answer.Content.ReadAsStream()));
    }

    [Theory]
    [InlineData("Retry-After", "7", 7000)]
    [InlineData("Retry-After", "2.5", 2500)]
    [InlineData("Retry-After", "Wed, 02 Jan 2030 03:04:17 GMT", 12000)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("retry-after-ms", "1234", 1234)]
    [InlineData("Retry-After", "300", 300_000)]
    public async Task Send_ServiceSaysHowLong_WaitsThatLong(string header, string value, double milliseconds) =>
        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], (await SendAsync(1, attempt => Answer(attempt == 1 ? 429 : 200, "", (header, value)))).Waits);

    [Fact]
    public async Task Send_MillisecondsAndSeconds_TheFinerOneCounts() =>
        Assert.Equal([TimeSpan.FromMilliseconds(100)], (await SendAsync(1, attempt => Answer(attempt == 1 ? 429 : 200, "", ("Retry-After", "1"), ("retry-after-ms", "100")))).Waits);

    [Theory]
    [InlineData("0")]
    [InlineData("Tue, 01 Jan 2030 00:00:00 GMT")]
    public async Task Send_WaitThatIsOver_IsTriedAtOnce(string value)
    {
        (HttpResponseMessage? response, _, IReadOnlyList<TimeSpan> waits) = await SendAsync(1, attempt => Answer(attempt == 1 ? 429 : 200, "", ("Retry-After", value)));

        Assert.Equal(HttpStatusCode.OK, response!.StatusCode);
        Assert.Empty(waits);
    }

    [Theory]
    [InlineData("301")]
    [InlineData("86400")]
    [InlineData("Thu, 03 Jan 2030 00:00:00 GMT")]
    public async Task Send_WaitBeyondFiveMinutes_IsLeftToTheUser(string value)
    {
        (HttpResponseMessage? response, Script script, _) = await SendAsync(5, _ => Answer(429, "", ("Retry-After", value)));

        Assert.Equal(1, script.Attempts);
        Assert.True(RetryAfter.Read(response!.Headers, _time) > RetryAfter.LongestWait);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    public async Task Send_WaitThatCannotBeRead_BacksOffAsUsual(string value)
    {
        (_, Script script, IReadOnlyList<TimeSpan> waits) = await SendAsync(1, _ => Answer(429, "", ("Retry-After", value)));

        Assert.Equal(2, script.Attempts);
        Assert.InRange(Assert.Single(waits), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(400, "true", 3)]
    [InlineData(500, "false", 1)]
    [InlineData(500, "maybe", 3)]
    [InlineData(200, "true", 1)]
    public async Task Send_ServiceSaysWhetherToRetry_IsObeyed(int status, string verdict, int attempts) =>
        Assert.Equal(attempts, (await SendAsync(2, _ => Answer(status, "", ("x-should-retry", verdict)))).Script.Attempts);

    [Theory]
    [InlineData("""{"error":{"code":"insufficient_quota","message":"m"}}""")]
    [InlineData("""{"error":{"type":"insufficient_quota","message":"m"}}""")]
    [InlineData("""{"error":{"code":"billing_hard_limit_reached","message":"m"}}""")]
    public async Task Send_NoQuotaLeft_IsNotTriedAgainAndCanStillBeRead(string body)
    {
        (HttpResponseMessage? response, Script script, _) = await SendAsync(5, _ => Answer(429, body));

        Assert.Equal(1, script.Attempts);
        Assert.Equal(body, await response!.Content.ReadAsStringAsync());
    }

    public static TheoryData<string> PassingFaults => [.. Faults.Where(fault => fault.Value.Passing).Select(fault => fault.Key)];

    public static TheoryData<string> LastingFaults => [.. Faults.Where(fault => !fault.Value.Passing).Select(fault => fault.Key)];

    private static Dictionary<string, (bool Passing, Exception Fault)> Faults { get; } = new()
    {
        ["reset"] = (true, new HttpRequestException("x", new IOException("x", new SocketException((int)SocketError.ConnectionReset)))),
        ["refused"] = (true, new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused))),
        ["broken"] = (true, new IOException("x")),
        ["connecting took too long"] = (true, new TaskCanceledException("x", new TimeoutException())),
        ["unknown host"] = (false, new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound))),
        ["no address"] = (false, new HttpRequestException("x", new SocketException((int)SocketError.NoData))),
        ["certificate"] = (false, new HttpRequestException("x", new AuthenticationException("x"))),
        ["our own fault"] = (false, new InvalidOperationException("x")),
    };

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Send_ConnectionFaultThatMayPass_IsTriedAgain(string fault)
    {
        (HttpResponseMessage? response, Script script, IReadOnlyList<TimeSpan> waits) = await SendAsync(2, attempt => attempt < 3 ? throw Faults[fault].Fault : Answer(200));

        Assert.Equal(HttpStatusCode.OK, response!.StatusCode);
        Assert.Equal((3, 2), (script.Attempts, waits.Count));
    }

    [Theory]
    [MemberData(nameof(LastingFaults))]
    public async Task Send_FaultThatStays_IsNotTriedAgain(string fault)
    {
        (HttpResponseMessage? response, Script script, _) = await SendAsync(5, _ => throw Faults[fault].Fault);

        Assert.Null(response);
        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task Send_LongWait_DoesNotCountAsTheServicesSilence()
    {
        (HttpResponseMessage? response, _, IReadOnlyList<TimeSpan> waits) = await SendAsync(1, attempt => Answer(attempt == 1 ? 503 : 200, "", ("Retry-After", "250")));

        Assert.True(waits[0] > Limit);
        Assert.Equal(HttpStatusCode.OK, response!.StatusCode);
    }

    [Fact]
    public async Task Send_CancelledWhileWaiting_EndsAtOnce()
    {
        using CancellationTokenSource stop = new();
        Script script = new(_ => Answer(503, "", ("Retry-After", "60")));
        using CallContext call = Call(2, stop.Token);
        Task<HttpResponseMessage> sending = SendAsync(script, call);
        await Engine.Eventually(() => _time.Running.Contains(TimeSpan.FromSeconds(60)));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Engine.Patience));
        Assert.Equal(1, script.Attempts);
    }

    [Fact]
    public async Task Call_ConnectionIsReset_IsTriedAgainAndSucceeds()
    {
        using RawServer server = RawServer.Start(
            exchange =>
            {
                exchange.Reset();
                return Task.CompletedTask;
            },
            RawServer.Answer(429, """{"error":{"message":"slow"}}""", "application/json", "retry-after: 90"),
            RawServer.Answer(200, Engine.Answer("third time lucky")));
        using ServiceConnection connection = Engine.Connect(server, timeout: Limit, maxRetry: 2, time: _time);

        Task<ChatCompletion> call = connection.CompleteAsync();
        IReadOnlyList<TimeSpan> waits = await _time.SkipWaitsAsync(call, Limit);

        Assert.Equal("third time lucky", (await call).Text);
        Assert.Equal(TimeSpan.FromSeconds(90), waits[1]);
        Assert.Equal(3, server.Exchanges.Count);
        Assert.All(server.Exchanges, request => Assert.Equal(server.Exchanges[0].Body, request.Body));
        Assert.All(server.Exchanges, request => Assert.Equal("Bearer " + Engine.Key, request.Header("Authorization")));
    }

    [Fact]
    public async Task Call_FailsToTheEnd_SaysHowOftenItTried()
    {
        List<string> lines = [];
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { StatusCode = 500 }] });
        using ServiceConnection connection = Engine.Connect(server, timeout: Limit, time: _time);

        Task<ChatServiceException> call = Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync(settings: new CallSettings { MaxRetry = 3, Verbose = lines.Add }));
        await _time.SkipWaitsAsync(call, Limit);

        Assert.Equal(4, (await call).Attempts);
        Assert.Equal(4, server.RequestCount);
        Assert.Equal(4, lines.Count(line => line.Contains("of 4)", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains("trying again in", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_RequestIdOfAnEarlierAttempt_IsNotTheLastOnes()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(500, "", "text/plain", "x-request-id: first", "retry-after: 0"),
            exchange =>
            {
                exchange.Reset();
                return Task.CompletedTask;
            });
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.ConnectionFailed, 2, null), (failure.ErrorId, failure.Attempts, failure.RequestId));
    }

    [Fact]
    public async Task Stream_FailsBeforeItsFirstByte_IsTriedAgain()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { StatusCode = 503, Times = 2 }] });
        using ServiceConnection connection = Engine.Connect(server, timeout: Limit, maxRetry: 2, time: _time);

        Task<List<ChatCompletionUpdate>> call = connection.StreamAsync();
        await _time.SkipWaitsAsync(call, Limit);

        Assert.NotNull((await call)[^1].Completion);
        Assert.Equal(3, server.RequestCount);
    }

    [Theory]
    [InlineData(SandboxFaultKind.ResetMidStream)]
    [InlineData(SandboxFaultKind.TruncatedStream)]
    [InlineData(SandboxFaultKind.MalformedJson)]
    [InlineData(SandboxFaultKind.ErrorEvent)]
    [InlineData(SandboxFaultKind.EmptyBody)]
    public async Task Stream_FailsOnceItBegan_IsNeverTriedAgain(SandboxFaultKind kind)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { Kind = kind }] });
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 5);

        ChatServiceException failure = await connection.FailStreamAsync(Engine.Ask("one two three four five six seven eight"));

        Assert.Equal(1, failure.Attempts);
        Assert.Equal(kind != SandboxFaultKind.EmptyBody, failure.PartialText is { Length: > 0 });
        Assert.Equal(1, server.RequestCount);
    }

    private CallContext Call(int maxRetry, CancellationToken caller = default) => new(
        new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = new Uri("https://example.com/v1"), Timeout = Limit, MaxRetry = maxRetry }, CallSettings.None, _time, caller, CancellationToken.None);

    private async Task<(HttpResponseMessage? Response, Script Script, IReadOnlyList<TimeSpan> Waits)> SendAsync(int maxRetry, Func<int, HttpResponseMessage> answer)
    {
        Script script = new(answer);
        using CallContext call = Call(maxRetry);
        Task<HttpResponseMessage> sending = SendAsync(script, call);
        IReadOnlyList<TimeSpan> waits = await _time.SkipWaitsAsync(sending, Limit).WaitAsync(Engine.Patience);
        return (sending.IsCompletedSuccessfully ? await sending : null, script, waits);
    }

    private async Task<HttpResponseMessage> SendAsync(Script script, CallContext call)
    {
        using Pacer pacer = new(null, null, _time);
        using HttpMessageInvoker invoker = new(new RetryHandler(_time, () => 0.5, _budget) { InnerHandler = new AttemptHandler(pacer, _budget) { InnerHandler = script } });
        using HttpRequestMessage request = new(HttpMethod.Post, "https://example.com/v1/chat/completions");
        request.Options.Set(new HttpRequestOptionsKey<object>(CallProperty.Key), call);
        return await invoker.SendAsync(request, call.Token);
    }

    private static HttpResponseMessage Answer(int status, string body = "", params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(body) };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private sealed class Script(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<HttpResponseMessage> Answers { get; } = [];

        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            HttpResponseMessage response = answer(++Attempts);
            Answers.Add(response);
            return Task.FromResult(response);
        }
    }
}
