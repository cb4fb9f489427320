using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Http;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Answers;

/// <summary>Puts answers into HTTP for one connection.</summary>
internal sealed class AnswerWriter : IDisposable
{
    private const string EventStream = "text/event-stream; charset=utf-8";

    private readonly HttpWriter _http;
    private readonly Func<DateTimeOffset> _clock;
    private readonly ByteBuffer _body = new();
    private readonly Utf8JsonWriter _json;
    private long _second;
    private string _date = "";
    private bool _isChunked;

    public AnswerWriter(Transport transport, Func<DateTimeOffset> clock)
    {
        _http = new HttpWriter(transport);
        _clock = clock;
        _json = new Utf8JsonWriter(_body, PlainJson.WriterOptions);
    }

    /// <summary>Writes an answer that is no stream; of its body only a part where a fault wants it so.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="head">What the head says besides.</param>
    /// <param name="announced">The part of the body that is announced, from 0 to 1.</param>
    /// <param name="sent">The part of the announced body that is sent, from 0 to 1.</param>
    public void WriteWhole(Answer answer, in AnswerHead head, double announced = 1, double sent = 1)
    {
        _body.Clear();
        WriteBody(answer);
        int length = (int)(_body.Length * announced);
        StartHead(answer, answer.ContentType, head);
        if (answer.StatusCode is not (204 or 304))
        {
            _http.Header("Content-Length", length);
        }

        _http.EndHead();
        if (head.HasBody && answer.StatusCode is not (204 or 304))
        {
            _http.Body(_body.Span.Slice(0, (int)(length * sent)));
        }
    }

    /// <summary>Writes the head of an answer whose body lies on the disk.</summary>
    /// <returns>The part of the body that is to follow, in bytes.</returns>
    public long WriteHead(Answer answer, in AnswerHead head, double announced = 1, double sent = 1)
    {
        long length = (long)(answer.FileLength * announced);
        StartHead(answer, answer.ContentType, head);
        _http.Header("Content-Length", length);
        _http.EndHead();
        return head.HasBody ? (long)(length * sent) : 0;
    }

    /// <summary>Sends a piece of a body that lies on the disk.</summary>
    public ValueTask WritePieceAsync(ReadOnlySpan<byte> piece)
    {
        _http.Body(piece);
        return FlushAsync();
    }

    /// <summary>Starts a stream of events.</summary>
    public void StartStream(Answer answer, in AnswerHead head, bool isChunked)
    {
        _isChunked = isChunked;
        StartHead(answer, EventStream, head);
        _http.Header("Cache-Control", "no-cache");
        if (isChunked)
        {
            _http.Header("Transfer-Encoding", "chunked");
        }

        _http.EndHead();
    }

    /// <summary>Adds one event.</summary>
    public void WriteEvent(Action<Utf8JsonWriter> write, string? name = null)
    {
        _body.Clear();
        if (name is not null)
        {
            _body.Write("event: "u8);
            _body.WriteText(name);
            _body.Write("\n"u8);
        }

        _body.Write("data: "u8);
        WriteJson(write);
        EndEvent();
    }

    /// <summary>Adds one event whose data is this text.</summary>
    public void WriteEvent(ReadOnlySpan<byte> data)
    {
        _body.Clear();
        _body.Write("data: "u8);
        _body.Write(data);
        EndEvent();
    }

    public void EndStream()
    {
        if (_isChunked)
        {
            _http.LastChunk();
        }
    }

    public ValueTask FlushAsync() => _http.FlushAsync();

    public void Dispose() => _json.Dispose();

    private void EndEvent()
    {
        _body.Write("\n\n"u8);
        if (_isChunked)
        {
            _http.Chunk(_body.Span);
        }
        else
        {
            _http.Body(_body.Span);
        }
    }

    private void WriteBody(Answer answer)
    {
        if (answer.Json is { } write)
        {
            WriteJson(write);
        }
        else if (answer.Bytes is { } bytes)
        {
            _body.Write(bytes.Span);
        }
        else
        {
            _body.WriteText(answer.Text);
        }
    }

    private void WriteJson(Action<Utf8JsonWriter> write)
    {
        _json.Reset(_body);
        write(_json);
        _json.Flush();
    }

    private void StartHead(Answer answer, string contentType, in AnswerHead head)
    {
        _http.Status(answer.StatusCode);
        _http.Header("Content-Type", contentType);
        _http.Header("Date", Date());
        _http.Header("x-request-id", string.Format(CultureInfo.InvariantCulture, "req_sandbox_{0:D6}", head.Number));
        _http.Header("openai-processing-ms", (long)head.Elapsed.TotalMilliseconds);
        _http.Header("openai-version", "2020-10-01");
        if (!head.KeepAlive)
        {
            _http.Header("Connection", "close");
        }

        foreach ((string name, string value) in answer.Headers)
        {
            _http.Header(name, value);
        }

        if (answer.RetryAfter is { } wait)
        {
            _http.Header("Retry-After", (long)Math.Ceiling(wait.TotalSeconds));
            _http.Header("retry-after-ms", (long)wait.TotalMilliseconds);
        }
    }

    private string Date()
    {
        DateTimeOffset now = _clock();
        long second = now.Ticks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            _second = second;
            _date = now.ToString("R", CultureInfo.InvariantCulture);
        }

        return _date;
    }
}
