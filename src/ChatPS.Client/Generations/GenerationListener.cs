using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>
/// Hears services call back, on this machine's own address only: whoever lets services in from outside sends their calls on to it.
/// Anybody may call, so what a call says is not believed: it only makes the waiter look at a task that it waits for anyway.
/// </summary>
public sealed class GenerationListener : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private const int MostAtOnce = 64;
    private const int MostIds = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] IdNames = ["id", "task_id", "taskId", "generation_id", "name"];

    private readonly HttpListener _http;
    private readonly Func<string, bool> _hasten;
    private readonly SemaphoreSlim _room = new(MostAtOnce);

    private GenerationListener(HttpListener http, Uri address, Func<string, bool> hasten)
    {
        _http = http;
        _hasten = hasten;
        Address = address;
    }

    /// <summary>The address that it listens on.</summary>
    public Uri Address { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="waiter">Waits for tasks.</param>
    /// <returns>The listener; it ends when it is disposed.</returns>
    /// <exception cref="ChatServiceException">The port cannot be had.</exception>
    public static GenerationListener Start(int port, GenerationWaiter waiter)
    {
        ParameterRules.Range(port, 0, 65535, "-ListenPort");
        int chosen = port == 0 ? FreePort() : port;
        Uri address = new(FormattableString.Invariant($"http://127.0.0.1:{chosen}/"));
        HttpListener http = new();
        http.Prefixes.Add(address.AbsoluteUri);
        try
        {
            http.Start();
        }
        catch (Exception exception) when (exception is HttpListenerException or SocketException)
        {
            http.Close();
            throw Failures.Invalid($"-ListenPort: nothing can be heard on port {chosen}: {exception.Message}", "Choose another port, or leave -ListenPort out for any that is free.", exception);
        }

        GenerationListener listener = new(http, address, waiter.Hasten);
        _ = Task.Run(listener.ListenAsync, CancellationToken.None);
        return listener;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Close();

    private static int FreePort()
    {
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        try
        {
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        finally
        {
            probe.Stop();
        }
    }

    private async Task ListenAsync()
    {
        while (_http.IsListening)
        {
            try
            {
                HttpListenerContext call = await _http.GetContextAsync();
                await _room.WaitAsync();
                _ = Task.Run(() => AnswerAsync(call), CancellationToken.None);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // A caller that left, or the end.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            call.Response.StatusCode = call.Request.HttpMethod != "POST" ? 405 : await ReadAsync(call.Request) is { } body && HastenAll(IdsIn(body)) ? 200 : 404;
            call.Response.Close();
        }
#pragma warning disable CA1031 // Nobody above hears of it, and whoever has called waits for an end.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The caller is gone, too slow, or has sent what nobody can read.
            Abort(call.Response);
        }
        finally
        {
            _room.Release();
        }
    }

    private bool HastenAll(List<string> ids)
    {
        bool isAny = false;
        foreach (string id in ids)
        {
            isAny |= _hasten(id);
        }

        return isAny;
    }

    private static void Abort(HttpListenerResponse response)
    {
        try
        {
            response.Abort();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // It is over already.
        }
    }

    // What is too long or no JSON is nothing. What is too slow is not read to its end: nothing but closing the connection ends a read there.
    private static async Task<string?> ReadAsync(HttpListenerRequest request)
    {
        using CancellationTokenSource over = new();
        Task limit = Task.Delay(Patience, over.Token);
        Task<string?> body = ReadToEndAsync(request);
        if (await Task.WhenAny(body, limit) == limit)
        {
            _ = body.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new IOException("The caller is too slow.");
        }

        over.Cancel();
        return await body;
    }

    private static async Task<string?> ReadToEndAsync(HttpListenerRequest request)
    {
        byte[] buffer = new byte[16 * 1024];
        using MemoryStream body = new();
        for (int read; (read = await request.InputStream.ReadAsync(buffer.AsMemory(), CancellationToken.None)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    private static List<string> IdsIn(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            List<string> ids = [];
            Collect(document.RootElement, ids);
            return ids;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Collect(JsonElement json, List<string> ids)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in json.EnumerateArray())
            {
                Collect(item, ids);
            }
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (ids.Count < MostIds && member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && Id(member) is { } id)
            {
                ids.Add(id);
            }

            Collect(member.Value, ids);
        }
    }

    private static string? Id(JsonProperty member)
    {
        try
        {
            return Array.IndexOf(IdNames, member.Name) >= 0 ? member.Value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character is none.
            return null;
        }
    }
}
