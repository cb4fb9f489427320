using System.Buffers;
using System.Text;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Calls;

/// <summary>
/// Reads the events of a stream, and what services send between them without a frame: errors as bare JSON or as a field of that
/// name, and a last event without the blank line that should end it.
/// </summary>
/// <param name="stream">The body; null where all of it is given.</param>
internal sealed class EventReader(Stream? stream) : IDisposable
{
    /// <summary>The type of events that name none.</summary>
    public const string PlainEvent = "message";

    /// <summary>The type of events that are errors.</summary>
    public const string ErrorEvent = "error";

    private const int Size = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int _start;
    private int _end;
    private int _searched;
    private bool _skipsLineFeed;
    private bool _hasFields;
    private bool _isBare;
    private string? _type;
    private string? _data;
    private string? _words;

    /// <summary>Reads events from a body that is in memory.</summary>
    /// <param name="body">The body.</param>
    public EventReader(string body)
        : this((Stream?)null)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(body.Length));
        _end = Encoding.UTF8.GetBytes(body, 0, body.Length, _buffer, 0);
    }

    /// <summary>Gets the type of the event.</summary>
    public string Type { get; private set; } = PlainEvent;

    /// <summary>Gets the data of the event, its lines joined.</summary>
    public string Data { get; private set; } = "";

    /// <summary>Gets whether the body ended within the event: it may be cut off.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Looks at how the body begins.</summary>
    /// <param name="label">Whether it is labelled as events.</param>
    /// <param name="cancellationToken">Stops the wait for it.</param>
    /// <returns>Whether it is read as events: the label decides only where the beginning does not.</returns>
    public async ValueTask<bool> HoldsEventsAsync(bool label, CancellationToken cancellationToken)
    {
        while (true)
        {
            int first = EventBody.FirstPlace(_buffer, _end);
            if (EventBody.HoldsEvents(_buffer, first, _end) is { } known)
            {
                return known;
            }

            if (_end - first >= EventBody.LongestField || !await FillAsync(cancellationToken))
            {
                return label;
            }
        }
    }

    /// <summary>Reads all of the body as text.</summary>
    /// <param name="charset">The charset that it is labelled with.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The text.</returns>
    public async Task<string> ReadAllAsync(string? charset, CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            // All of it is wanted.
        }

        return BodyReader.Decode(_buffer, _end, charset);
    }

    /// <summary>Goes on to the next event.</summary>
    /// <param name="cancellationToken">Stops the wait for it.</param>
    /// <returns>Whether there is one.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (!Next())
        {
            if (!await FillAsync(cancellationToken))
            {
                return Flush();
            }
        }

        return true;
    }

    /// <summary>Goes on to the next event of a body that is in memory.</summary>
    /// <returns>Whether there is one.</returns>
    public bool NextInMemory() => Next() || Flush();

    /// <inheritdoc />
    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        ArrayPool<byte>.Shared.Return(buffer);
        stream?.Dispose();
    }

    private bool Next()
    {
        while (true)
        {
            if (_skipsLineFeed && _start < _end)
            {
                _skipsLineFeed = false;
                _start += _buffer[_start] == '\n' ? 1 : 0;
                _searched = Math.Max(_searched, _start);
            }

            int length = _buffer.AsSpan(_searched, _end - _searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
            {
                _searched = _end;
                return false;
            }

            int from = _start;
            int to = _searched + length;
            if (Separates(from, to))
            {
                Emit();
                return true;
            }

            _skipsLineFeed = _buffer[to] == '\r';
            _start = _searched = to + 1;
            if (Take(from, to))
            {
                return true;
            }
        }
    }

    // The end of the body ends its last line and its last event.
    private bool Flush()
    {
        IsLast = true;
        if (_start < _end)
        {
            if (Separates(_start, _end))
            {
                Emit();
                return true;
            }

            _ = Take(_start, _end);
            _start = _searched = _end;
        }

        if (_data is null && _words is not null)
        {
            _type = ErrorEvent;
            _data = _words;
            _words = null;
        }

        return _data is not null && Emit();
    }

    // JSON without a frame is an event of its own, whether it stands behind one or before one; so is an error.
    private bool Separates(int from, int to)
    {
        if (_data is null || from == to)
        {
            return false;
        }

        return _isBare
            ? EventBody.IsField(_buffer, from, to) || (_buffer[from] == '{' && _data.EndsWith("}", StringComparison.Ordinal))
            : _buffer[from] is (byte)'{' or (byte)'<' || (_buffer[from] == 'e' && _type != ErrorEvent && EventBody.IsErrorField(_buffer, from, to));
    }

    private bool Take(int from, int to)
    {
        if (!_hasFields && to - from >= 3 && _buffer[from] == 0xEF && _buffer[from + 1] == 0xBB && _buffer[from + 2] == 0xBF)
        {
            from += 3;
        }

        if (from == to)
        {
            return _data is not null ? Emit() : Forget();
        }

        if (!EventBody.IsField(_buffer, from, to))
        {
            TakeBare(from, to);
            return false;
        }

        _hasFields = true;
        _words = null;
        int colon = _buffer.AsSpan(from, to - from).IndexOf((byte)':');
        int nameEnd = colon < 0 ? to : from + colon;
        int value = colon < 0 ? to : nameEnd + 1;
        value += value < to && _buffer[value] == ' ' ? 1 : 0;
        switch (nameEnd - from)
        {
            case 4 when EventBody.Is(_buffer, from, nameEnd, EventBody.DataField):
                Append(value, to);
                break;
            case 5 when EventBody.Is(_buffer, from, nameEnd, EventBody.EventField):
                _type = TypeText(value, to);
                break;
            case 5 when EventBody.Is(_buffer, from, nameEnd, EventBody.ErrorField):
                _type = ErrorEvent;
                Append(value, to);
                break;
        }

        return false;
    }

    private void TakeBare(int from, int to)
    {
        if (_data is not null)
        {
            // The lines of JSON that somebody has written for people to read.
            if (_isBare || _buffer[from] is (byte)' ' or (byte)'\t' or (byte)'"' or (byte)'}' or (byte)']')
            {
                Append(from, to);
            }
        }
        else if (_buffer[from] is (byte)'{' or (byte)'[' or (byte)'<')
        {
            _isBare = true;
            Append(from, to);
        }
        else if (!_hasFields && !(IsLast && EventBody.IsPartOfField(_buffer, from, to)))
        {
            // Words are an error where nothing else comes; elsewhere they are a field that we do not know.
            string line = Text(from, to);
            _words = _words is null ? line : $"{_words}\n{line}";
        }
    }

    private void Append(int from, int to)
    {
        string line = Text(from, to);
        _data = _data is null ? line : $"{_data}\n{line}";
    }

    private bool Emit()
    {
        Type = _type is { Length: > 0 } type ? type : PlainEvent;
        Data = _data!;
        Forget();
        return true;
    }

    private bool Forget()
    {
        _type = null;
        _data = null;
        _isBare = false;
        return false;
    }

    private string Text(int from, int to) => Encoding.UTF8.GetString(_buffer, from, to - from);

    // Most events have the type of the one before.
    private string TypeText(int from, int to)
    {
        bool isSame = Type.Length == to - from;
        for (int i = 0; isSame && i < Type.Length; i++)
        {
            isSame = Type[i] == _buffer[from + i];
        }

        return isSame ? Type : Text(from, to);
    }
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (stream is null)
        {
            return false;
        }

        Grow(1);
#if NET8_0_OR_GREATER
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
#else
        int read = await stream.ReadAsync(_buffer, _end, _buffer.Length - _end, cancellationToken);
#endif
        _end += read;
        return read > 0;
    }

    // Makes room behind what has come, of which the part that was read is let go.
    private void Grow(int room)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end >= room)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_end + room, _buffer.Length * 2));
        Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
