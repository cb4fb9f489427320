using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Calls;

[Collection(nameof(EnvironmentCollection))]
public sealed class ConnectionRegistryTests : IDisposable
{
    private static readonly string[] Variables = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"];
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly ConnectionRegistry _registry = new(KnownDialects.OpenAI);

    public ConnectionRegistryTests() => SetEnvironment(null, null, null);

    public void Dispose()
    {
        _registry.Dispose();
        SetEnvironment(_before["OPENAI_API_KEY"], _before["OPENAI_BASE_URL"], _before["OPENAI_MODEL"]);
    }

    [Fact]
    public void Find_Default_IsTheOwnThenTheProcesss()
    {
        ServiceConnection first = Connect("first", A);
        Assert.Same(first, _registry.Find(null, A));
        Assert.Same(first, _registry.Find(null, B));

        ServiceConnection second = Connect("second", B);

        Assert.Same(first, _registry.Find(null, A));
        Assert.Same(second, _registry.Find(null, B));
        Assert.Same(second, _registry.Find("", Guid.NewGuid()));
        Assert.Same(second, _registry.Find("SECOND", A));
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-4", "anthropic", "claude-sonnet-4")]
    [InlineData("ANTHROPIC/a/b:free", "anthropic", "a/b:free")]
    [InlineData("openai/gpt-4o", null, "openai/gpt-4o")]
    [InlineData("anthropic/", null, "anthropic/")]
    [InlineData("/x", null, "/x")]
    [InlineData("anthropic", null, "anthropic")]
    public void Split_Model_IsCutOnlyWhereThereIsSuchAConnection(string model, string? connection, string rest)
    {
        Connect("anthropic", A);

        Assert.Equal((connection, rest), _registry.Split(model, B));
    }

    [Fact]
    public void MakeDefault_ConnectionThatIsThere_IsTheSameOne()
    {
        ServiceConnection first = Connect("first", A);
        Connect("second", A);

        Assert.Same(first, _registry.MakeDefault("FIRST", A));
        Assert.Same(first, _registry.Find(null, A));
        Assert.Same(first, _registry.Find(null, B));
        Assert.Null(_registry.MakeDefault("nowhere", A));
    }

    [Fact]
    public void LeaveWithoutDefault_UntilTheNextSuccess_FindsNoneInThatRunspace()
    {
        SetEnvironment("sk-test-environment", null, null);
        ServiceConnection first = Connect("first", A);

        _registry.LeaveWithoutDefault(A, "no such host");

        Assert.Contains("no such host", Assert.Throws<ChatServiceException>(() => _registry.Find(null, A)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_registry.List(A), connection => connection.IsDefault);
        Assert.Same(first, _registry.Find("first", A));
        Assert.Same(first, _registry.Find(null, B));
        _registry.MakeDefault("first", A);
        Assert.Same(first, _registry.Find(null, A));
    }

    [Fact]
    public void Adopt_SavedConnection_IsMadeOnceAndDefaultOnlyIfSaved()
    {
        ConnectionSettings settings = new() { Name = "saved", Dialect = KnownDialects.OpenAI, BaseUri = new Uri("http://127.0.0.1:9/v1") };

        ServiceConnection named = _registry.Adopt(settings, A, asDefault: false);
        Assert.Null(_registry.TryFind(null, A));
        Assert.Same(named, _registry.Adopt(settings, B, asDefault: true));
        Assert.Same(named, _registry.TryFind(null, A));
    }

    [Fact]
    public void Find_IsolatedConnection_BelongsToItsRunspace()
    {
        ServiceConnection shared = Connect("x", A);
        ServiceConnection own = Connect("x", B, isolated: true);

        Assert.Same(shared, _registry.Find("x", A));
        Assert.Same(own, _registry.Find("x", B));
        Assert.Same(own, _registry.Find(null, B));
        Assert.Same(shared, _registry.Find(null, Guid.NewGuid()));
    }

    [Fact]
    public void Connect_SharedAfterIsolatedOfTheSameName_IsTheOneThatIsFound()
    {
        Connect("x", A, isolated: true);

        ServiceConnection shared = Connect("x", A);

        Assert.Same(shared, _registry.Find("x", A));
        Assert.Same(shared, _registry.Find(null, A));
        Assert.False(Assert.Single(_registry.List(A)).IsIsolated);
    }

    [Fact]
    public async Task Connect_InPlaceOfAnother_LetsItsCallsEnd()
    {
        using SemaphoreSlim go = new(0);
        TaskCompletionSource asked = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            asked.SetResult();
            await go.WaitAsync();
            await exchange.AnswerAsync(200, Engine.Answer("x"), "application/json");
        });
        ServiceConnection old = _registry.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, Name = "x", BaseUri = server.BaseUri, Model = "m" }, A, isolated: false);
        Task<ChatCompletion> call = old.CompleteAsync();
        await asked.Task.WaitAsync(Engine.Patience);

        ServiceConnection fresh = Connect("X", B);
        go.Release();

        Assert.Equal("x", (await call).Text);
        Assert.Same(fresh, _registry.Find("x", A));
        Assert.Single(_registry.List(A));
    }

    [Fact]
    public async Task Disconnect_Connection_ClosesItAndGivesWayToTheNextDefault()
    {
        ServiceConnection shared = Connect("shared", B);
        ServiceConnection own = Connect("own", A, isolated: true);

        Assert.False(_registry.Disconnect("own", B));
        Assert.True(_registry.Disconnect("OWN", A));
        Assert.False(_registry.Disconnect("own", A));

        Assert.Equal(ErrorIds.ConnectionFailed, (await own.FailAsync()).ErrorId);
        Assert.Same(shared, _registry.Find(null, A));
        Assert.Equal("-Connection: there is no connection 'own'.", Engine.AssertInvalid(() => _registry.Find("own", A)).Message);

        Assert.True(_registry.Disconnect("shared", A));
        Assert.Equal(ErrorIds.AuthenticationFailed, Assert.Throws<ChatServiceException>(() => _registry.Find(null, B)).ErrorId);
        Assert.Empty(_registry.List(A));
    }

    [Fact]
    public void List_Connections_AreInOrderWithTheOwnDefaultMarked()
    {
        Connect("b", A);
        Connect("A", B);
        Connect("c", A, isolated: true);

        Assert.Equal([("A", false, false), ("b", false, false), ("c", true, true)], _registry.List(A).Select(item => (item.Name, item.IsDefault, item.IsIsolated)));
        Assert.Equal([("A", true, false), ("b", false, false)], _registry.List(B).Select(item => (item.Name, item.IsDefault, item.IsIsolated)));
    }

    [Fact]
    public void Find_NothingConnectedAndNoKey_SaysHowToConnect()
    {
        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => _registry.Find(null, A));

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("OPENAI_API_KEY", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Connect-ChatService", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_EnvironmentChanges_FollowsIt()
    {
        SetEnvironment(Engine.Key, null, "m1");
        ServiceConnection first = _registry.Find(null, A);
        Assert.Same(first, _registry.Find("environment", B));
        Assert.Equal(("Environment", BaseAddress.OpenAI, "m1", "OPENAI_API_KEY"), (first.Settings.Name, first.Settings.BaseUri, first.Settings.Model, first.Settings.Key!.Source));

        SetEnvironment(null, "http://localhost:11434", null);
        ServiceConnection second = _registry.Find(null, A);

        Assert.NotSame(first, second);
        Assert.Equal(("http://localhost:11434/v1", null), (second.Settings.BaseUri.AbsoluteUri, second.Settings.Key));
    }

    [Fact]
    public void Find_EnvironmentThatCannotWork_NamesTheVariable()
    {
        SetEnvironment("sk-test a", null, null);
        Assert.Contains("OPENAI_API_KEY", Engine.AssertInvalid(() => _registry.Find(null, A)).Message, StringComparison.Ordinal);

        SetEnvironment(Engine.Key, "api.example.com", null);
        Assert.Contains("OPENAI_BASE_URL", Engine.AssertInvalid(() => _registry.Find(null, A)).Message, StringComparison.Ordinal);

        SetEnvironment(Engine.Key, "http://api.example.com", null);
        Assert.Contains("plain HTTP", Engine.AssertInvalid(() => _registry.Find(null, A)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_KeyInTheEnvironment_IsNotSentToOtherAddresses()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("x"));
        SetEnvironment(Engine.Key, null, null);
        ServiceConnection connection = _registry.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m" }, A, isolated: false);

        await connection.CompleteAsync();

        Assert.DoesNotContain(Engine.Key, Assert.Single(server.Exchanges).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoModelNamed_TakesTheEnvironmentsOrNamesTheThree()
    {
        using SandboxServer server = SandboxServer.Start();
        ServiceConnection connection = _registry.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri }, A, isolated: false);

        ChatServiceException failure = await connection.FailAsync();
        Assert.Equal((ErrorIds.InvalidRequest, 0L), (failure.ErrorId, server.RequestCount));
        Assert.All(["-Model", "connection", "OPENAI_MODEL"], name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));

        SetEnvironment(null, null, "sandbox-large");
        Assert.Equal("sandbox-large", (await connection.CompleteAsync()).Model);
    }

    [Fact]
    public async Task Dispose_Registry_ClosesAllAndCanBeUsedAgain()
    {
        ServiceConnection shared = Connect("x", A);
        ServiceConnection replaced = shared;
        shared = Connect("x", A);
        ServiceConnection own = Connect("y", B, isolated: true);
        SetEnvironment(Engine.Key, null, null);
        ServiceConnection environment = _registry.Find("Environment", A);

        _registry.Dispose();

        foreach (ServiceConnection connection in new[] { replaced, shared, own, environment })
        {
            Assert.Equal(ErrorIds.ConnectionFailed, (await Assert.ThrowsAsync<ChatServiceException>(() => connection.Models.ListAsync(CallSettings.None, CancellationToken.None))).ErrorId);
        }

        Assert.Empty(_registry.List(A));
        Assert.NotSame(environment, _registry.Find(null, A));
    }

    [Fact]
    public void Registry_ManyThreads_StaysWhole()
    {
        Parallel.For(0, 200, i =>
        {
            Guid runspace = i % 2 == 0 ? A : B;
            Connect($"c{i % 5}", runspace, isolated: i % 3 == 0);
            Assert.NotEmpty(_registry.List(runspace));
            if (i % 7 == 0)
            {
                _registry.Disconnect($"c{i % 5}", runspace);
            }
        });

        Assert.All(_registry.List(A), item => Assert.Equal(item.Name, _registry.Find(item.Name, A).Settings.Name));
    }

    private ServiceConnection Connect(string name, Guid runspace, bool isolated = false) =>
        _registry.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, Name = name, BaseUri = new Uri("http://127.0.0.1:9/v1"), Model = "m" }, runspace, isolated);

    private static void SetEnvironment(string? key, string? address, string? model)
    {
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", key);
        Environment.SetEnvironmentVariable("OPENAI_BASE_URL", address);
        Environment.SetEnvironmentVariable("OPENAI_MODEL", model);
    }
}
