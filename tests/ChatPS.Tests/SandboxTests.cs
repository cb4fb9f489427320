using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Module;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Requests;
using ChatPS.Sandboxes;

namespace ChatPS.Tests;

public sealed class SandboxTests : IDisposable
{
    private readonly SandboxRegistry _registry = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public void Start_Sandbox_IsFoundAndDescribed()
    {
        RunningSandbox sandbox = _registry.Start("a", new SandboxOptions { RequiredKey = "sk-test-1" }, scripts: null);

        ChatSandbox description = sandbox.Describe();
        Assert.Same(sandbox, _registry.Find("A"));
        Assert.Same(sandbox, _registry.GetOrStart("a"));
        Assert.Equal(("a", sandbox.Server.BaseUri, sandbox.Server.Port, true), (description.Name, description.BaseUri, description.Port, description.RequiresKey));
        Assert.Equal(TimeSpan.Zero, description.Started.Offset);
    }

    [Fact]
    public void Start_SameNameAndPort_TakesThePlaceOfTheOldOne()
    {
        Scripts scripts = new();
        RunningSandbox old = _registry.Start("a", new SandboxOptions(), scripts);

        RunningSandbox fresh = _registry.Start("a", new SandboxOptions { Port = old.Server.Port }, scripts: null);

        Assert.False(old.Server.IsRunning);
        Assert.True(scripts.IsDisposed);
        Assert.Equal((true, old.Server.Port), (fresh.Server.IsRunning, fresh.Server.Port));
        Assert.Equal(["a"], _registry.Names);
    }

    [Fact]
    public void Start_PortThatIsTaken_IsAClearErrorAndLeavesNoScripts()
    {
        Scripts scripts = new();
        RunningSandbox other = _registry.Start("other", new SandboxOptions(), scripts: null);

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => _registry.Start("a", new SandboxOptions { Port = other.Server.Port }, scripts));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.True(scripts.IsDisposed);
        Assert.Null(_registry.Find("a"));
    }

    [Fact]
    public void Stop_Sandbox_EndsItsServerAndScripts()
    {
        Scripts scripts = new();
        RunningSandbox sandbox = _registry.Start("a", new SandboxOptions(), scripts);

        Assert.True(_registry.Stop("A"));
        Assert.False(_registry.Stop("a"));
        Assert.Equal((false, true), (sandbox.Server.IsRunning, scripts.IsDisposed));
        Assert.Empty(_registry.Names);
    }

    [Fact]
    public async Task Describe_Request_KeepsAllThatTheSandboxKnows()
    {
        RunningSandbox sandbox = _registry.GetOrStart("a");
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = sandbox.BaseUri, Model = "sandbox-mini" });
        await connection.Chat.CompleteAsync(
            new ChatRequest { Messages = [new ChatMessage("user", "hi")] }, new CallSettings { AdditionalQuery = new Dictionary<string, string> { ["a"] = "b" } }, CancellationToken.None);
        SandboxRequest request = Assert.Single(sandbox.Server.GetRequests());

        ChatSandboxRequest described = SandboxRequests.Describe(request, "a");

        Assert.All(
            typeof(ChatSandboxRequest).GetProperties().Where(property => property.Name != nameof(ChatSandboxRequest.Sandbox)),
            property => Assert.Equal(typeof(SandboxRequest).GetProperty(property.Name)!.GetValue(request), property.GetValue(described)));
        Assert.Equal(("a", "hi", "sandbox-mini", "a=b"), (described.Sandbox, described.Prompt, described.Model, described.Query));
    }

    [Fact]
    public async Task ModelNames_FirstAsk_GivesNothingAndFetchesForTheNext()
    {
        RunningSandbox sandbox = _registry.GetOrStart("a");
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = sandbox.BaseUri });
        ModelNames names = new();

        Assert.Empty(names.Get(connection));
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(20));
        while (names.Get(connection).Count == 0)
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Contains("sandbox-mini", names.Get(connection));
        Assert.Equal(1, sandbox.Server.RequestCount);
        names.Remember(connection, ["mine"]);
        Assert.Equal(["mine"], names.Get(connection));
    }

    private sealed class Scripts : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
