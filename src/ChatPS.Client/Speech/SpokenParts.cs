using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Speech;

/// <summary>The parts of a text, spoken one after the other, and what they took together.</summary>
/// <param name="speech">Asks for each.</param>
/// <param name="text">The text.</param>
/// <param name="wrapsRaw">Whether raw sound becomes a WAV file.</param>
internal sealed class SpokenParts(ISpeech speech, SpokenText text, bool wrapsRaw)
{
    private string _format = "";
    private string? _mediaType;
    private string? _requestId;
    private string? _connection;
    private long _length;
    private TimeSpan? _duration;

    public SpokenText Text => text;

    public bool WrapsRaw => wrapsRaw;

    /// <summary>Gets how many there are so far.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the tokens; null where the service did not tell.</summary>
    public ChatUsage? Usage { get; private set; }

    /// <summary>Gets what they cost; null without a price.</summary>
    public decimal? Cost { get; private set; }

    /// <summary>Gets what they took, by the names of <see cref="PriceUnits"/>.</summary>
    public Dictionary<string, decimal> Units { get; } = new(StringComparer.OrdinalIgnoreCase) { [PriceUnits.Character] = 0, [PriceUnits.Minute] = 0, [PriceUnits.Request] = -1 };

    /// <summary>Gets the format that the whole should have.</summary>
    public string Expected => wrapsRaw ? SpeechFormat.Wave : Asked;

    private string Asked => text.Format ?? SpeechFormat.Usual;

    /// <summary>Asks for one part.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="part">Its text.</param>
    /// <param name="call">The call, which has begun.</param>
    /// <param name="target">Where the sound goes.</param>
    /// <param name="joined">Puts the parts together.</param>
    /// <returns>Done when all of it is there.</returns>
    public async Task AskAsync(ServiceConnection connection, string part, CallContext call, Stream target, JoinedSound joined)
    {
        SpokenText asked = text with { Text = part };
        long before = target.Position;
        SpokenSound sound = await speech.SpeakAsync(connection, asked, call, target);
        Dictionary<string, decimal> units = new(StringComparer.OrdinalIgnoreCase)
        {
            [PriceUnits.Character] = asked.Characters,
            [PriceUnits.Minute] = SoundFile.MinutesOf(DurationOf(sound, asked.Characters, target, before))!.Value,
        };
        Cost = call.Succeed(text.Model, sound.Usage, units) is { } cost ? (Cost ?? 0) + cost : Cost;
        Usage = sound.Usage is { } usage ? Sum(Usage, usage) : Usage;
        Units[PriceUnits.Character] += units[PriceUnits.Character];
        Units[PriceUnits.Minute] += units[PriceUnits.Minute];
        Units[PriceUnits.Request]++;
        Count++;
        _mediaType = Redactor.RedactOptional(sound.MediaType, call.Secrets);
        _requestId = call.RequestId;
        _connection = call.ConnectionName;
        joined.End(sound.Kind, Asked);
    }

    /// <summary>Ends the whole.</summary>
    /// <param name="joined">Has put the parts together.</param>
    /// <param name="target">Where the sound is.</param>
    /// <returns>The format that it has.</returns>
    public string Complete(JoinedSound joined, Stream target)
    {
        _format = joined.Complete(Asked);
        _duration = joined.Duration;
        _length = target.Length;
        return _format;
    }

    /// <summary>Makes the object that users see.</summary>
    /// <param name="path">The file; null where there is none.</param>
    /// <param name="data">The sound where it is in no file.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <returns>The object.</returns>
    public ChatSpeech ToResult(string? path, byte[] data, TimeSpan elapsed) => new()
    {
        Path = path,
        Data = data,
        Format = _format,
        MediaType = SpeechFormat.ByExtension.ContainsValue(_format) ? SpeechFormat.MediaTypeOf(_format) : _mediaType ?? SpeechFormat.MediaTypeOf(_format),
        Length = _length,
        Duration = _duration,
        Text = text.Text,
        Characters = text.Characters,
        Parts = Count,
        Voice = KeptSpeech.VoiceOf(text),
        Model = text.Model,
        Usage = Usage,
        Cost = Cost,
        Elapsed = elapsed,
        RequestId = _requestId,
        Connection = _connection,
        Index = text.Index,
        Input = text.Input,
    };

    private TimeSpan DurationOf(SpokenSound sound, int characters, Stream target, long before)
    {
        long end = target.Position;
        TimeSpan duration = (sound.Kind == FileKind.Wave ? WaveFile.Read(target, before)?.Duration
            : sound.Kind is null && Asked == SpeechFormat.Raw ? WaveFile.RawDuration(end - before)
            : null) ?? TimeSpan.FromMinutes((double)(characters / SpeechService.CharactersPerMinute));
        target.Position = end;
        return duration;
    }

    private static ChatUsage Sum(ChatUsage? all, ChatUsage one) => all is null ? one : new ChatUsage
    {
        InputTokens = TokenCount.Sum(all.InputTokens, one.InputTokens),
        OutputTokens = TokenCount.Sum(all.OutputTokens, one.OutputTokens),
        TotalTokens = TokenCount.Sum(all.TotalTokens, one.TotalTokens),
        InputAudioTokens = TokenCount.Sum(all.InputAudioTokens, one.InputAudioTokens),
        OutputAudioTokens = TokenCount.Sum(all.OutputAudioTokens, one.OutputAudioTokens),
    };
}
