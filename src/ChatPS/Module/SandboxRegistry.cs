using System.Collections.Concurrent;
using ChatPS.Client.Faults;
using ChatPS.Sandbox;

namespace ChatPS.Module;

/// <summary>The sandboxes of this process.</summary>
internal sealed class SandboxRegistry : IDisposable
{
    public const string DefaultName = "Sandbox";
    public const string DefaultModel = "sandbox-mini";

    private readonly ConcurrentDictionary<string, RunningSandbox> _running = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => _running.Keys.OrderBy(name => name, StringComparer.OrdinalIgnoreCase);

    public RunningSandbox Start(string name, SandboxOptions options, IDisposable? scripts)
    {
        // One of the same name gives way first: it may hold the port.
        Stop(name);
        SandboxServer server;
        try
        {
            server = SandboxServer.Start(options);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            scripts?.Dispose();
            throw Failures.Invalid($"The sandbox cannot listen on port {options.Port}: {exception.Message}", "Leave out -Port for a free one.", exception);
        }

        return _running[name] = new RunningSandbox(name, server, scripts);
    }

    public RunningSandbox GetOrStart(string name) => _running.TryGetValue(name, out RunningSandbox? running) ? running : Start(name, new SandboxOptions(), null);

    public RunningSandbox? Find(string name) => _running.TryGetValue(name, out RunningSandbox? running) ? running : null;

    public bool Stop(string name)
    {
        if (!_running.TryRemove(name, out RunningSandbox? sandbox))
        {
            return false;
        }

        sandbox.Dispose();
        return true;
    }

    public void Dispose()
    {
        foreach (string name in Names.ToList())
        {
            Stop(name);
        }
    }
}
