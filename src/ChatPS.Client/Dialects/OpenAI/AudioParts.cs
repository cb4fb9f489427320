using System.Text;
using ChatPS.Api.Chat;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Puts a streamed spoken answer together. The sound comes in pieces, each of which is base64 by itself or a cut of one long text.</summary>
internal sealed class AudioParts
{
    private readonly List<byte> _sound = [];
    private readonly StringBuilder _transcript = new();
    private string _rest = "";
    private long? _expiresAt;
    private bool _hasAny;

    public string? Id { get; private set; }

    public void Add(ResponseAudio? piece)
    {
        if (piece is null)
        {
            return;
        }

        _hasAny = true;
        Id ??= piece.Id;
        _expiresAt = piece.ExpiresAt ?? _expiresAt;
        _transcript.Append(piece.Transcript);
        Append(piece.Data);
    }

    public ChatAudio? ToAudio(string? format)
    {
        if (!_hasAny)
        {
            return null;
        }

        return new ChatAudio
        {
            Id = Id,
            Transcript = _transcript.Length > 0 ? _transcript.ToString() : null,
            ExpiresAt = UnixTime.From(_expiresAt),
            Format = format,
            Data = [.. _sound, .. AudioMapper.Decode(_rest)],
        };
    }

    // Four characters are three bytes: what goes beyond waits for the next piece.
    private void Append(string? data)
    {
        if (string.IsNullOrEmpty(data))
        {
            return;
        }

        string text = _rest + data;
        int whole = text.Length / 4 * 4;
        _sound.AddRange(AudioMapper.Decode(text.Substring(0, whole)));
        _rest = text.Substring(whole);
    }
}
