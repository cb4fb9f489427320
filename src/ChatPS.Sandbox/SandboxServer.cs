using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox;

/// <summary>A loopback server that speaks the OpenAI API with made-up but deterministic answers.</summary>
/// <remarks>
/// It answers models, chat completions, text completions and moderations, streamed where asked. A chat is answered with
/// "You said: " and the text of the last user message. Whatever else is needed can be scripted by <see cref="SandboxRule"/>
/// and <see cref="SandboxFault"/>. All members may be used from any thread.
/// </remarks>
public sealed class SandboxServer : IDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(900);

    // How long a connection may stay without a request while another one waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener;
    private readonly RequestLog _log;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private long _requestCount;
    private int _openRequests;
    private int _isCrowded;

    private SandboxServer(SandboxOptions options, IEnumerable<Func<FamilyOptions, Family>> families, TcpListener listener)
    {
        Options = options;
        _listener = listener;
        _log = new RequestLog(options.MaxRecordedRequests);
        _slots = new SemaphoreSlim(options.MaxConnections);
        Stopping = _stop.Token;
        Faults = new FaultPlan(options.Faults);
        Router = new Router(options, families);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        BaseUri = new Uri(string.Format(CultureInfo.InvariantCulture, "http://127.0.0.1:{0}/v1", Port));
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>The address to point a client at, such as <c>http://127.0.0.1:50123/v1</c>.</summary>
    public Uri BaseUri { get; }

    /// <summary>The loopback port that the server listens on.</summary>
    public int Port { get; }

    /// <summary>The options that the server was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>How many requests came since the start, also those that are no longer kept.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>How many requests are being answered right now.</summary>
    public int OpenRequests => Volatile.Read(ref _openRequests);

    /// <summary>Whether the server takes requests.</summary>
    public bool IsRunning => !Stopping.IsCancellationRequested && !_accepting.IsCompleted;

    internal CancellationToken Stopping { get; }

    internal FaultPlan Faults { get; }

    internal Router Router { get; }

    /// <summary>Whether a client waits for a free connection.</summary>
    internal bool IsCrowded => Volatile.Read(ref _isCrowded) == 1;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults where left out.</param>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SandboxServer Start(SandboxOptions? options = null) => Start(options ?? new SandboxOptions(), KnownFamilies.All);

    /// <summary>The requests that are kept, the oldest first.</summary>
    public IReadOnlyList<SandboxRequest> GetRequests() => _log.ToArray();

    /// <summary>Forgets the requests that are kept; <see cref="RequestCount"/> stays.</summary>
    public void ClearRequests() => _log.Clear();

    /// <summary>Stops listening, drops all connections, and waits up to a second for their end.</summary>
    public void Dispose()
    {
        if (Stopping.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _listener.Stop();
        foreach (Connection connection in _connections.Keys)
        {
            connection.Dispose();
        }

        Task.WhenAll(_connections.Values.Append(_accepting)).Wait(StopTime);
        Router.Files.Dispose();
    }

    /// <summary>Starts a server that plays other families, too.</summary>
    internal static SandboxServer Start(SandboxOptions options, IEnumerable<Func<FamilyOptions, Family>> families)
    {
        Check(options);
        TcpListener listener = new(IPAddress.Loopback, options.Port);
#if NET8_0_OR_GREATER
        if (OperatingSystem.IsWindows())
#endif
        {
            // Elsewhere this is so by default, and asking for it would forbid a port that was used a minute ago.
            listener.ExclusiveAddressUse = true;
        }

        try
        {
            listener.Start(backlog: 512);
        }
        catch (SocketException e)
        {
            string message = e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "Port {0} on 127.0.0.1 is already in use. Choose another one, or 0 for any free port."
                : "Cannot listen on port {0} of 127.0.0.1: {1}";
            throw new IOException(string.Format(CultureInfo.InvariantCulture, message, options.Port, e.Message), e);
        }

        return new SandboxServer(options, families, listener);
    }

    /// <summary>Records a request.</summary>
    internal Exchange Begin(HttpRequest http, ByteBuffer body, BodyFile? file)
    {
        long number = Interlocked.Increment(ref _requestCount);
        Interlocked.Increment(ref _openRequests);
        Exchange exchange = Exchange.Read(http, body, file, Router.DialectOf(http), number, Options.Clock(), () => Interlocked.Decrement(ref _openRequests));
        _log.Add(exchange.Record);
        return exchange;
    }

    private static void Check(SandboxOptions options)
    {
        Check(options.Port is >= 0 and <= 65535, nameof(options.Port), "A port is between 0 and 65535.");
        Check(options.Latency >= TimeSpan.Zero, nameof(options.Latency), "A wait cannot be negative.");
        Check(options.ChunkDelay >= TimeSpan.Zero, nameof(options.ChunkDelay), "A wait cannot be negative.");
        Check(options.MaxBodyBytes is >= 0 and <= int.MaxValue / 2, nameof(options.MaxBodyBytes), "The limit is between 0 and 1 GiB.");
        Check(options.MaxConnections >= 1, nameof(options.MaxConnections), "At least one connection is needed.");
        Check(options.MaxRecordedRequests >= 0, nameof(options.MaxRecordedRequests), "The limit cannot be negative.");
    }

    private static void Check(bool isValid, string name, string message)
    {
        if (!isValid)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    private async Task AcceptAsync()
    {
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync();
                await TakeSlotAsync();
                Serve(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
            {
                // A client that left before it was served, or the end.
            }
        }
    }

    private async ValueTask TakeSlotAsync()
    {
        if (_slots.Wait(0, CancellationToken.None))
        {
            return;
        }

        // Connections that are answering close afterwards, as long as one waits.
        Interlocked.Exchange(ref _isCrowded, 1);
        _connections.Keys.FirstOrDefault(static connection => connection.IsIdle)?.Dispose();
        while (!await _slots.WaitAsync(Patience, Stopping))
        {
            foreach (Connection silent in _connections.Keys.Where(static connection => connection.IsIdle || connection.IsSilent))
            {
                silent.Dispose();
            }
        }

        Interlocked.Exchange(ref _isCrowded, 0);
    }

    private void Serve(Socket socket)
    {
        socket.NoDelay = true;
        Connection connection = new(this, socket);
        TaskCompletionSource<bool> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = end.Task;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await connection.RunAsync();
                }
                finally
                {
                    _connections.TryRemove(connection, out _);
                    _slots.Release();
                    end.SetResult(true);
                }
            },
            CancellationToken.None);
        if (Stopping.IsCancellationRequested)
        {
            connection.Dispose();
        }
    }
}
