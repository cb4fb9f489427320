using System.Collections.Concurrent;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

public sealed class RenewableKeyTests
{
    private readonly FakeTime _time = new();
    private int _asked;

    [Fact]
    public void Reveal_KeyWithoutEnd_IsAskedForAgainAfterFiveMinutes()
    {
        ApiKey key = Key(null);

        Assert.Equal(0, _asked);
        Assert.Equal("sk-test-key-1", key.Reveal());
        _time.Advance(TimeSpan.FromMinutes(4.99));
        Assert.Equal("sk-test-key-1", key.Reveal());
        _time.Advance(TimeSpan.FromMinutes(0.02));
        Assert.Equal("sk-test-key-2", key.Reveal());
        Assert.Equal(["sk-test-key-2", "sk-test-key-1"], key.Known);
    }

    [Theory]
    [InlineData(60, 55)]
    [InlineData(12, 7)]
    [InlineData(4, 2)]
    public void Reveal_KeyWithEnd_IsAskedForAgainShortlyBefore(double lifetime, double kept)
    {
        ApiKey key = Key(TimeSpan.FromMinutes(lifetime));
        key.Reveal();

        _time.Advance(TimeSpan.FromMinutes(kept) - TimeSpan.FromSeconds(1));
        Assert.Equal("sk-test-key-1", key.Reveal());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("sk-test-key-2", key.Reveal());
    }

    [Fact]
    public void Reveal_KeyThatHasEndedAlready_IsUsedOnce()
    {
        ApiKey key = Key(TimeSpan.FromMinutes(-10));

        Assert.Equal("sk-test-key-1", key.Reveal());
        Assert.Equal("sk-test-key-2", key.Reveal());
    }

    [Fact]
    public async Task Get_ManyAtOnce_OneAsks()
    {
        ApiKey key = Key(null);

        string[] values = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => key.GetAsync(CancellationToken.None).AsTask())));

        Assert.All(values, value => Assert.Equal("sk-test-key-1", value));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public void Reveal_RenewalThatFails_KeepsWhatIsStillGood()
    {
        int asked = 0;
        DateTimeOffset end = _time.GetUtcNow() + TimeSpan.FromHours(1);
        RenewableKey key = new(_ => asked++ == 0 ? new IssuedKey("sk-test-old", end) : throw new ChatServiceException(ErrorIds.ServerError, "down", "wait"), _time);

        Assert.Equal("sk-test-old", key.Get());
        _time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("sk-test-old", key.Get());
        Assert.Equal("sk-test-old", key.Get());
        Assert.Equal(2, asked);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("sk-test-old", key.Get());
        Assert.Equal(3, asked);
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(ErrorIds.ServerError, Assert.Throws<ChatServiceException>(() => key.Get()).ErrorId);
    }

    [Fact]
    public async Task Get_RenewalThatHangs_CostsOneCallerAndNotThoseWhoFollow()
    {
        int asked = 0;
        DateTimeOffset end = _time.GetUtcNow() + TimeSpan.FromHours(1);
        RenewableKey key = new(
            token =>
            {
                if (asked++ > 0)
                {
                    token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }

                return new IssuedKey("sk-test-old", end);
            },
            _time);
        using CancellationTokenSource deadline = new();

        await key.GetAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(56));
        Task<string> stuck = key.GetAsync(deadline.Token).AsTask();
        await deadline.CancelAsync();

        // Whether it is stopped or still gets what is held, the others are not kept waiting.
        await Task.WhenAny(stuck);

        Assert.Equal("sk-test-old", await key.GetAsync(CancellationToken.None));
        Assert.Equal("sk-test-old", await key.GetAsync(CancellationToken.None));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Get_ThoseWhoWaited_ShareTheFailure()
    {
        int asked = 0;
        using ManualResetEventSlim isDown = new();
        RenewableKey key = new(
            _ =>
            {
                Interlocked.Increment(ref asked);
                isDown.Wait(CancellationToken.None);
                throw new ChatServiceException(ErrorIds.ServerError, "down", "wait") { RetryAfter = TimeSpan.FromSeconds(3) };
            },
            _time);

        Task<string>[] waiting = [.. Enumerable.Range(0, 12).Select(_ => key.GetAsync(CancellationToken.None).AsTask())];
        isDown.Set();
        ChatServiceException[] failures = await Task.WhenAll(waiting.Select(one => Assert.ThrowsAsync<ChatServiceException>(() => one)));

        Assert.Equal(1, asked);
        Assert.All(failures, failure => Assert.Equal((ErrorIds.ServerError, TimeSpan.FromSeconds(3)), (failure.ErrorId, failure.RetryAfter)));
    }

    [Fact]
    public async Task Get_SourceThatHangs_LetsGoOfThoseWhoAreStopped()
    {
        using ManualResetEventSlim end = new();
        RenewableKey key = new(
            _ =>
            {
                end.Wait(CancellationToken.None);
                return new IssuedKey("sk-test-late", null);
            },
            _time);
        using CancellationTokenSource stop = new();

        Task<string> first = key.GetAsync(stop.Token).AsTask();
        Task<string> second = key.GetAsync(CancellationToken.None).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        end.Set();
        Assert.Equal("sk-test-late", await second);
    }

    [Fact]
    public void Refuse_OlderValue_LeavesTheNewerOne()
    {
        ApiKey key = Key(null);
        key.Reveal();

        key.Refuse("sk-test-key-1");
        Assert.Equal("sk-test-key-2", key.Reveal());
        key.Refuse("sk-test-key-1");

        Assert.Equal("sk-test-key-2", key.Reveal());
    }

    [Fact]
    public async Task Complete_401_IsTriedOnceMoreWithANewKey()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(401, """{"error":{"message":"sk-test-key-1 has ended"}}"""), RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server, Key(null));

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal("hi", answer.Text);
        Assert.Equal(["Bearer sk-test-key-1", "Bearer sk-test-key-2"], server.Exchanges.Select(exchange => exchange.Header("Authorization")));
    }

    [Fact]
    public async Task Complete_401Twice_FailsAndQuotesNeitherKey()
    {
        using RawServer server = RawServer.Answering(401, """{"error":{"message":"neither sk-test-key-1 nor sk-test-key-2"}}""");
        using ServiceConnection connection = Connect(server, Key(null), maxRetry: 3);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Equal(2, server.Exchanges.Count);
        Assert.DoesNotContain("sk-test", failure.ToString() + failure.ResponseBody, StringComparison.Ordinal);
        Assert.Contains("neither **** nor ****", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_401WithAFixedKey_IsNotTriedAgain()
    {
        using RawServer server = RawServer.Answering(401, "{}");
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 3);

        await connection.FailAsync();

        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Complete_RetryAfterTheKeyEnded_CarriesTheNewOne()
    {
        using RawServer server = RawServer.Start(
            exchange =>
            {
                _time.Advance(TimeSpan.FromMinutes(6));
                return exchange.AnswerAsync(503, "{}", "application/json", "Retry-After: 0");
            },
            RawServer.Answer(200, Engine.Answer("hi")));
        using ServiceConnection connection = Connect(server, Key(null), maxRetry: 1, keyHeader: "X-Key");

        await connection.CompleteAsync();

        Assert.Equal(["sk-test-key-1", "sk-test-key-2"], server.Exchanges.Select(exchange => exchange.Header("X-Key")));
    }

    [Fact]
    public async Task Complete_HeaderOfTheCall_WinsOverTheKey()
    {
        using RawServer server = RawServer.Answering(401, "{}");
        using ServiceConnection connection = Connect(server, Key(null));

        await Assert.ThrowsAsync<ChatServiceException>(() => connection.CompleteAsync(settings: new CallSettings { AdditionalHeader = new Dictionary<string, string> { ["Authorization"] = "Bearer sk-test-own" } }));

        Assert.Equal("Bearer sk-test-own", Assert.Single(server.Exchanges).Header("Authorization"));
    }

    [Fact]
    public async Task Complete_ScriptThatFails_SaysWhyWithoutAnOlderKey()
    {
        using RawServer server = RawServer.Answering(401, "{}");
        ApiKey key = ApiKey.FromScript(
            "script",
            _ => ++_asked == 1 ? new IssuedKey("sk-test-key-1", null) : throw new ChatServiceException("Any", "no luck with sk-test-key-1", "Sign in."),
            _time);
        using ServiceConnection connection = Connect(server, key);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Equal("no luck with ****", failure.Message);
        Assert.Equal("Sign in.", failure.RecommendedAction);
    }

    [Fact]
    public async Task Complete_KeyThatCannotBeSent_FailsBeforeItIsSent()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Connect(server, ApiKey.FromScript("script", _ => new IssuedKey("sk-test\r\nX-B: 1", null), _time));

        ChatServiceException failure = await connection.FailAsync();

        Assert.Contains("a line break", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-test", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public async Task Complete_ManyAt401_AskOnceEach()
    {
        ConcurrentBag<string> sent = [];
        using RawServer server = RawServer.Start(exchange =>
        {
            sent.Add(exchange.Header("Authorization")!);
            return exchange.Header("Authorization") == "Bearer sk-test-key-1" ? exchange.AnswerAsync(401, "{}", "application/json") : exchange.AnswerAsync(200, Engine.Answer("hi"), "application/json");
        });
        using ServiceConnection connection = Connect(server, Key(null));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => connection.CompleteAsync()));

        Assert.Equal(2, _asked);
        Assert.Equal(8, sent.Count(key => key == "Bearer sk-test-key-2"));
    }

    private ApiKey Key(TimeSpan? lifetime) => ApiKey.FromScript(
        "script",
        _ => new IssuedKey($"sk-test-key-{Interlocked.Increment(ref _asked)}", lifetime is { } time ? _time.GetUtcNow() + time : null),
        _time);

    private static ServiceConnection Connect(RawServer server, ApiKey key, int maxRetry = 0, string? keyHeader = null) =>
        new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Key = key, Model = "m", MaxRetry = maxRetry, KeyHeader = keyHeader });
}
