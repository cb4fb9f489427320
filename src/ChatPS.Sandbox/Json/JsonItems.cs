using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>Reads the items of a document that is an object with one list in it, such as <c>{"requests":[…]}</c>, without taking it into memory.</summary>
/// <param name="stream">The document.</param>
/// <param name="list">The name of the list.</param>
internal sealed class JsonItems(Stream stream, string list)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isLast;
    private bool _isInside;
    private JsonReaderState _state;

    /// <summary>Reads an item.</summary>
    /// <param name="item">Its JSON, which is good until the next one is read.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="JsonException">The document is of another form.</exception>
    public bool Read(out ReadOnlyMemory<byte> item)
    {
        while (true)
        {
            Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isLast, _state);
            if ((_isInside || Enter(ref reader)) && reader.Read())
            {
                item = default;
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    return false;
                }

                int begin = (int)reader.TokenStartIndex;
                if (reader.TrySkip())
                {
                    item = _buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin);
                    _start += (int)reader.BytesConsumed;
                    _state = reader.CurrentState;
                    _isInside = true;
                    return true;
                }
            }

            Fill();
        }
    }

    private bool Enter(ref Utf8JsonReader reader)
    {
        JsonTokenType[] expected = [JsonTokenType.StartObject, JsonTokenType.PropertyName, JsonTokenType.StartArray];
        foreach (JsonTokenType token in expected)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != token || (token == JsonTokenType.PropertyName && !reader.ValueTextEquals(list)))
            {
                throw new JsonException($"The body is no object with the list '{list}' alone.");
            }
        }

        return true;
    }

    private void Fill()
    {
        if (_isLast)
        {
            throw new JsonException("The body ends too early.");
        }

        Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isLast = read == 0;
    }
}
