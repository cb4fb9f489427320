using ChatPS.Sandbox;

namespace ChatPS.Module;

/// <summary>A sandbox, and the runspace of its script blocks if it has any.</summary>
internal sealed class RunningSandbox(string name, SandboxServer server, IDisposable? scripts) : IDisposable
{
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    public SandboxServer Server => server;

    public Uri BaseUri => server.BaseUri;

    public ChatSandbox Describe() => new()
    {
        Name = name,
        BaseUri = server.BaseUri,
        Port = server.Port,
        RequiresKey = server.Options.RequiredKey is not null,
        Started = _started,
    };

    public void Dispose()
    {
        server.Dispose();
        scripts?.Dispose();
    }
}
