using System.Diagnostics;
using System.Net.Sockets;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families;
using ChatPS.Sandbox.Files;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox;

/// <summary>Serves one connection, one request after the other.</summary>
internal sealed class Connection : IDisposable
{
    private const int Reading = 0;
    private const int Answering = 1;
    private const int Idle = 2;

    private const int PieceSize = 64 * 1024;
    private const long LargestFile = 16L * 1024 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    // Long enough for a client on the same machine to read what came before the reset.
    private static readonly TimeSpan TimeBeforeReset = TimeSpan.FromMilliseconds(50);

    private readonly SandboxServer _server;
    private readonly Transport _transport;
    private readonly HttpReader _reader;
    private readonly ByteBuffer _received = new();
    private readonly AnswerWriter _writer;
    private readonly Stopwatch _sinceReading = Stopwatch.StartNew();
    private int _state;

    public Connection(SandboxServer server, Socket socket)
    {
        _server = server;
        _transport = new Transport(socket);
        _reader = new HttpReader(_transport, server.Options.MaxBodyBytes);
        _writer = new AnswerWriter(_transport, server.Options.Clock);
    }

    /// <summary>Whether the connection waits for another request after it has answered one.</summary>
    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>Whether no request has come for a while, or not the whole of it.</summary>
    public bool IsSilent => Volatile.Read(ref _state) == Reading && _sinceReading.Elapsed > Patience;

    public void Dispose() => _transport.Dispose();

    public async Task RunAsync()
    {
        try
        {
            while (await ServeAsync())
            {
                // The server looks at idle connections after it has become crowded, and we look the other way round.
                Interlocked.Exchange(ref _state, Idle);
                if (_server.IsCrowded)
                {
                    break;
                }
            }

            await _reader.CloseAsync(DrainTime);
        }
        catch (HttpProtocolException e)
        {
            await RefuseAsync(e);
        }
        catch (Exception e) when (IsGone(e))
        {
            // The client has left, or the server stops.
        }
        finally
        {
            _transport.Dispose();
            await _reader.FinishAsync();
            _writer.Dispose();
        }
    }

    private static bool IsGone(Exception e) => e is SocketException or IOException or ObjectDisposedException or OperationCanceledException;

    // Whether the connection can take another request.
    private async ValueTask<bool> ServeAsync()
    {
        if (await _reader.ReadHeadAsync() is not { } http)
        {
            return false;
        }

        // Until the request is whole, the connection makes room for others as one does that has sent nothing.
        _sinceReading.Restart();
        Interlocked.Exchange(ref _state, Reading);
        HostRules.Check(http, _server.Port);
        bool isWhole = http.ContentLength == 0 || _server.Router.Admits(http);
        using BodyFile? file = isWhole ? await ReadBodyAsync(http) : null;
        if (!isWhole)
        {
            // What a stranger sends is not even read.
            _received.Clear();
        }

        Interlocked.Exchange(ref _state, Answering);
        using Exchange exchange = _server.Begin(http, _received, file);
        try
        {
            return await AnswerAsync(exchange, isWhole);
        }
        catch (Exception e) when (IsGone(e) && !_server.Stopping.IsCancellationRequested)
        {
            exchange.Record.Aborted = true;
            throw;
        }
    }

    // Files are read onto the disk. What a whole file may be is for the endpoint to say.
    private async ValueTask<BodyFile?> ReadBodyAsync(HttpRequest http)
    {
        if (http.ContentLength == 0 || !_server.Router.TakesFile(http))
        {
            await _reader.ReadBodyAsync(http, _received);
            return null;
        }

        _received.Clear();
        BodyFile file = new(_server.Router.Files.Folder.NewPath());
        try
        {
            await _reader.ReadBodyAsync(http, file, LargestFile);
            file.End();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async ValueTask<bool> AnswerAsync(Exchange exchange, bool isWhole)
    {
        SandboxFault? fault = _server.Faults.Next(exchange.Record);
        exchange.Record.Fault = fault?.ToString();
        await PauseAsync(_server.Options.Latency);
        switch (fault?.Kind)
        {
            case SandboxFaultKind.Reset:
                exchange.Complete();
                _transport.Reset();
                return false;
            case SandboxFaultKind.Silence:
                await PauseAsync(Timeout.InfiniteTimeSpan);
                return false;
        }

        Answer answer = fault is null ? _server.Router.Handle(exchange) : AnswerOf(fault, exchange);
        AnswerHead head = new(exchange.Record.Number, exchange.Elapsed, exchange.Http.KeepAlive && isWhole && !_server.IsCrowded, exchange.Http.Method != "HEAD");
        exchange.Record.StatusCode = answer.StatusCode;
        return answer.Events is null
            ? await SendWholeAsync(exchange, answer, head, fault?.Kind)
            : await SendStreamAsync(exchange, answer, head, fault);
    }

    private Answer AnswerOf(SandboxFault fault, Exchange exchange)
    {
        switch (fault.Kind)
        {
            case SandboxFaultKind.Status:
                return Refuse(fault, exchange);
            case SandboxFaultKind.EmptyBody:
                return new Answer();
            case SandboxFaultKind.HtmlPage:
                return new Answer
                {
                    StatusCode = fault.StatusCode,
                    ContentType = "text/html; charset=utf-8",
                    Text = "<!DOCTYPE html>\n<html><head><title>Sandbox proxy</title></head><body><h1>This is a web page, not an answer of the API.</h1></body></html>\n",
                };
            default:
                Answer answer = _server.Router.Handle(exchange);
                return fault.Kind == SandboxFaultKind.ErrorEvent && answer.Events is null ? Refuse(fault, exchange) with { StatusCode = 200 } : answer;
        }
    }

    private static Answer Refuse(SandboxFault fault, Exchange exchange) =>
        exchange.Dialect.Fail(fault.ToError()) with { StatusCode = fault.StatusCode, RetryAfter = fault.RetryAfter };

    private async ValueTask<bool> SendWholeAsync(Exchange exchange, Answer answer, AnswerHead head, SandboxFaultKind? fault)
    {
        exchange.Complete();
        if (fault is SandboxFaultKind.ResetMidStream or SandboxFaultKind.TruncatedStream or SandboxFaultKind.Stall)
        {
            await SendAsync(answer, head, sent: 0.5);
            if (fault == SandboxFaultKind.Stall)
            {
                await PauseAsync(Timeout.InfiniteTimeSpan);
            }
            else if (fault == SandboxFaultKind.ResetMidStream)
            {
                await PauseAsync(TimeBeforeReset);
                _transport.Reset();
            }

            return false;
        }

        await SendAsync(answer, head, announced: fault == SandboxFaultKind.MalformedJson ? 0.5 : 1);
        return head.KeepAlive;
    }

    private async ValueTask SendAsync(Answer answer, AnswerHead head, double announced = 1, double sent = 1)
    {
        if (answer.File is not { } open)
        {
            _writer.WriteWhole(answer, head, announced, sent);
            await _writer.FlushAsync();
            return;
        }

        using Stream content = open();
        long rest = _writer.WriteHead(answer, head, announced, sent);
        byte[] piece = new byte[PieceSize];
        while (rest > 0)
        {
            int read = content.Read(piece, 0, (int)Math.Min(piece.Length, rest));
            await _writer.WritePieceAsync(piece.AsSpan(0, read));
            rest -= read;
        }

        await _writer.FlushAsync();
    }

    private async ValueTask<bool> SendStreamAsync(Exchange exchange, Answer answer, AnswerHead head, SandboxFault? fault)
    {
        bool keepAlive = head.KeepAlive && exchange.Http.IsHttp11;
        _writer.StartStream(answer, head with { KeepAlive = keepAlive }, exchange.Http.IsHttp11);
        _ = _reader.WatchAsync();
        int faultAt = fault is null ? -1 : Math.Max(1, answer.Events!.Count / 2);
        bool isWhole = true;
        for (int i = 0; i < answer.Events!.Count && isWhole; i++)
        {
            await PauseAsync(i == 0 ? TimeSpan.Zero : _server.Options.ChunkDelay);
            if (i != faultAt)
            {
                _writer.WriteEvent(answer.Events[i].Write, answer.Events[i].Name);
                await _writer.FlushAsync();
                continue;
            }

            switch (fault!.Kind)
            {
                case SandboxFaultKind.ResetMidStream:
                    await PauseAsync(TimeBeforeReset);
                    exchange.Complete();
                    _transport.Reset();
                    return false;
                case SandboxFaultKind.Stall:
                    exchange.Complete();
                    await PauseAsync(Timeout.InfiniteTimeSpan);
                    return false;
                case SandboxFaultKind.MalformedJson:
                    _writer.WriteEvent("{\"id\":\"broken\",\"choices\":[{"u8);
                    await _writer.FlushAsync();
                    break;
                case SandboxFaultKind.ErrorEvent:
                    _writer.WriteEvent(json => PlainJson.Write(json, exchange.Dialect.ToShape(fault.ToError())), "error");
                    isWhole = false;
                    break;
                default:
                    isWhole = false;
                    break;
            }
        }

        if (isWhole && answer.HasEndMark)
        {
            _writer.WriteEvent("[DONE]"u8);
        }

        _writer.EndStream();
        exchange.Complete();
        await _writer.FlushAsync();
        return keepAlive;
    }

    private async ValueTask PauseAsync(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            ThrowIfClientGone();
            return;
        }

        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(_server.Stopping);
        Task delay = Task.Delay(time, cancel.Token);
        await Task.WhenAny(delay, _reader.WatchAsync());
        if (!delay.IsCompleted && _reader.IsClientGone)
        {
            cancel.Cancel();
            ThrowIfClientGone();
        }

        await delay;
    }

    private void ThrowIfClientGone()
    {
        if (_reader.IsClientGone)
        {
            throw new IOException("The client has closed the connection.");
        }
    }

    private async Task RefuseAsync(HttpProtocolException e)
    {
        try
        {
            AnswerHead head = new(0, TimeSpan.Zero, KeepAlive: false, HasBody: true);
            _writer.WriteWhole(Answer.Of(ApiError.Standard(e.StatusCode, e.Message)), head);
            await _writer.FlushAsync();
            await _reader.DrainAsync(DrainTime);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // The client has left without its answer.
        }
    }
}
