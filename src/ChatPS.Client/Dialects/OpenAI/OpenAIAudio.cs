using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatPS.Api;
using ChatPS.Api.Audio;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Speech;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Speech and transcripts, as OpenAI made them and as gateways and local servers understand them.</summary>
internal class OpenAIAudio : ISpeech, ITranscription
{
    public static readonly OpenAIAudio Endpoints = new();

    private protected OpenAIAudio()
    {
    }

    /// <inheritdoc />
    public byte[] Write(SpokenText text, string model, CallSettings settings) => [.. WireJson.Write(SpeechMapper.ToWire(text, model, settings), AudioJsonContext.Default)];

    /// <inheritdoc />
    public async Task<SpokenSound> SpeakAsync(ServiceConnection connection, SpokenText text, CallContext call, Stream target)
    {
        SpeechRequest body = SpeechMapper.ToWire(text, call.Model!, call.Settings);
        using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => SpeakAsync(connection, body, context, token));
        SpokenSound sound = await SoundAnswer.ReadAsync(response, text.Format == SpeechFormat.Raw, call, target);
        call.Notes?.Answered("[sound]", "");
        return sound;
    }

    /// <inheritdoc />
    public IReadOnlyList<KeyValuePair<string, string>> Write(TranscriptRequest request, string model, CallSettings settings) => TranscriptForm.Fields(request, model, settings);

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatTranscriptUpdate> AskAsync(ServiceConnection connection, TranscriptRequest request, CallContext call)
    {
        using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => SendAsync(connection, request, context, token));
#if !NET8_0_OR_GREATER
        // A read in progress does not look at the token, but ends when its answer is gone.
        using CancellationTokenRegistration hangUp = call.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), response);
#endif
        using EventReader events = new(await OpenAsync(response, call));
        if (await WholeAsync(events, response, request, call) is { } body)
        {
            yield return new ChatTranscriptUpdate { Transcript = TranscriptReader.Read(body, request, call) };
            yield break;
        }

        await foreach (ChatTranscriptUpdate update in StreamedAnswer.ReadAsync(events, AudioJsonContext.Default, new TranscriptAccumulator(request, call.Secrets), call))
        {
            yield return update;
        }
    }

    /// <inheritdoc />
    public ChatTranscript Restore(string raw, bool isStream, TranscriptRequest request, IAnswerOrigin origin) => isStream
        ? StreamedAnswer.Replay(raw, AudioJsonContext.Default, new TranscriptAccumulator(request, origin.Secrets), origin).Transcript!
        : TranscriptReader.Read(raw, request, origin);

    /// <summary>Sends a request for speech.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="body">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which the caller reads.</returns>
    private protected virtual Task<HttpResponseMessage> SpeakAsync(ServiceConnection connection, SpeechRequest body, CallContext call, CancellationToken cancellationToken) =>
        connection.Client<IAudioApi>(AudioJsonContext.Default).SpeakAsync(body, call, cancellationToken);

    /// <summary>Sends a request for a transcript.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="form">The request.</param>
    /// <param name="isTranslation">Whether it is for a translation.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, which the caller reads.</returns>
    private protected virtual Task<HttpResponseMessage> SendAsync(ServiceConnection connection, HttpContent form, bool isTranslation, CallContext call, CancellationToken cancellationToken)
    {
        IAudioApi api = connection.Client<IAudioApi>(AudioJsonContext.Default);
        return isTranslation ? api.TranslateAsync(form, call, cancellationToken) : api.TranscribeAsync(form, call, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(ServiceConnection connection, TranscriptRequest request, CallContext call, CancellationToken cancellationToken)
    {
        using HttpContent form = TranscriptForm.Create(request, call);
        return await SendAsync(connection, form, request.IsTranslation, call, cancellationToken);
    }

    private static async Task<Stream> OpenAsync(HttpResponseMessage response, CallContext call)
    {
        try
        {
#if NET8_0_OR_GREATER
            Stream body = await response.Content.ReadAsStreamAsync(call.Token);
#else
            Stream body = await response.Content.ReadAsStreamAsync();
#endif
            return new LivenessStream(body, call.Deadline, call.Connection.MaxResponseBytes);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }

    // A transcript can begin with any word: plain text is no stream, whatever it looks like.
    private static async Task<string?> WholeAsync(EventReader events, HttpResponseMessage response, TranscriptRequest request, CallContext call)
    {
        try
        {
            bool label = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            bool isStream = label || (!request.IsText && await events.HoldsEventsAsync(label, call.Token));
            return isStream ? null : await events.ReadAllAsync(response.Content.Headers.ContentType?.CharSet, call.Token);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call);
        }
    }
}
