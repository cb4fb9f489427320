using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using ChatPS.Api;
using ChatPS.Api.Audio;
using ChatPS.Api.Errors;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Files;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Reads an answer that is sound, or events with pieces of it, while it comes. What else comes under a status of success is an error.</summary>
internal static class SoundAnswer
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Reads the answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="isRaw">Whether samples without a header were asked for, which no bytes tell.</param>
    /// <param name="call">The call.</param>
    /// <param name="target">Where the sound goes.</param>
    /// <returns>What came.</returns>
    /// <exception cref="ChatServiceException">There is no sound, or not all of it; it says why.</exception>
    public static async Task<SpokenSound> ReadAsync(HttpResponseMessage response, bool isRaw, CallContext call, Stream target)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
#if NET8_0_OR_GREATER
            using Stream body = new LivenessStream(await response.Content.ReadAsStreamAsync(call.Token), call.Deadline, call.Connection.MaxResponseBytes);
#else
            using Stream body = new LivenessStream(await response.Content.ReadAsStreamAsync(), call.Deadline, call.Connection.MaxResponseBytes);

            // A read in progress does not look at the token, but ends when its answer is gone.
            using CancellationTokenRegistration hangUp = call.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
#endif
            int begun = await BeginAsync(body, buffer, call);
            MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
            if (HoldsEvents(buffer, begun, type))
            {
                return await ReadEventsAsync(new BegunStream(buffer.AsSpan(0, begun).ToArray(), body), call, target);
            }

            FileKind? kind = FileKind.Of(buffer.AsSpan(0, begun));
            if (!IsSound(kind, isRaw, type) || IsJson(buffer, begun, type))
            {
                throw await NoSoundAsync(buffer, begun, body, type, call);
            }

            long? total = (response.Content as AnswerContent)?.AnnouncedBytes;
            await CopyAsync(body, buffer, begun, total, call, target);
            return new SpokenSound(isRaw && kind != FileKind.Wave ? null : kind, type?.MediaType, Usage: null);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> BeginAsync(Stream body, byte[] buffer, CallContext call)
    {
        int begun = 0;
        while (begun < FileKind.EnoughBytes && await body.ReadAsync(buffer.AsMemory(begun), call.Token) is > 0 and var read)
        {
            begun += read;
        }

        return begun > 0 ? begun : throw new WireFormatException("The service answered with an empty body.", "");
    }

    private static async Task CopyAsync(Stream body, byte[] buffer, int begun, long? total, CallContext call, Stream target)
    {
        long taken = 0;
        for (int read = begun; read > 0; read = await body.ReadAsync(buffer.AsMemory(), call.Token))
        {
            target.Write(buffer, 0, read);
            taken += read;
            call.Settings.Watch?.Moves(new CallTransfer(taken, total, IsUpload: false));
        }

        call.Token.ThrowIfCancellationRequested();
    }

    private static async Task<SpokenSound> ReadEventsAsync(Stream body, CallContext call, Stream target)
    {
        using EventReader events = new(body);
        FileKind? kind = null;
        bool hasBegun = false;
        while (await events.NextAsync(call.Token))
        {
            if (events.Data.Trim() == "[DONE]")
            {
                break;
            }

            if (events.Type == EventReader.ErrorEvent)
            {
                throw new WireFormatException(ApiError.TryParse(events.Data, out ApiError? said) ? said : new ApiError(events.Data), events.Data);
            }

            if (events.Data.Length == 0)
            {
                continue;
            }

            SpeechEvent piece = WireJson.Read<SpeechEvent>(events.Data, AudioJsonContext.Default);
            if (piece.Audio is { Length: > 0 } audio)
            {
                byte[] bytes = Decode(audio, events.Data);
                kind = hasBegun ? kind : FileKind.Of(bytes);
                hasBegun = true;
                target.Write(bytes, 0, bytes.Length);
            }
            else if (piece.Type == "speech.audio.done")
            {
                return hasBegun ? new SpokenSound(kind, kind?.MediaType, SpeechMapper.Usage(piece.Usage)) : throw WireFormatException.NoAnswer("The stream held no sound.", events.Data);
            }
        }

        throw FailureMapper.Truncated(call, "");
    }

    private static byte[] Decode(string audio, string json)
    {
        try
        {
            return Convert.FromBase64String(audio);
        }
        catch (FormatException exception)
        {
            throw new WireFormatException("A piece of the sound is no base64.", json, exception);
        }
    }

    private static bool HoldsEvents(byte[] bytes, int count, MediaTypeHeaderValue? type)
    {
        int first = EventBody.FirstPlace(bytes, count);
        return EventBody.HoldsEvents(bytes, first, count) ?? type?.MediaType == "text/event-stream";
    }

    private static bool IsSound(FileKind? kind, bool isRaw, MediaTypeHeaderValue? type) => isRaw
        ? kind != FileKind.Html && type?.MediaType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true
        : kind?.Family is "audio" or "video" || (kind is null && IsAudio(type));

    private static bool IsAudio(MediaTypeHeaderValue? type) => type?.MediaType?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) == true;

    // Samples can begin with any byte; a text that says it is JSON is none of them.
    private static bool IsJson(byte[] bytes, int count, MediaTypeHeaderValue? type)
    {
        int first = EventBody.FirstPlace(bytes, count);
        return first < count && bytes[first] is (byte)'{' or (byte)'[' && (!IsAudio(type) || bytes.AsSpan(first, Math.Min(2, count - first)).SequenceEqual("{\""u8));
    }

    private static async Task<Exception> NoSoundAsync(byte[] buffer, int begun, Stream body, MediaTypeHeaderValue? type, CallContext call)
    {
        using EventReader rest = new(new BegunStream(buffer.AsSpan(0, begun).ToArray(), body));
        string text = await rest.ReadAllAsync(type?.CharSet, call.Token);
        return !IsText(text) ? new WireFormatException("The service answered with bytes that are no sound.", "")
            : PageText.IsPage(text) ? new WireFormatException($"The service answered with a web page: {PageText.Shorten(text)}", text)
            : ApiError.TryParse(text, out ApiError? error) ? new WireFormatException(error, text)
            : new WireFormatException($"The service answered with something else than sound: {PageText.Shorten(text)}", text);
    }

    private static bool IsText(string text) => !text.Any(letter => letter is '\uFFFD' || (char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')));
}
