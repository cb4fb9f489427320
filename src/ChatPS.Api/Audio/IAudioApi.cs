using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Audio;

/// <summary>Speech and transcripts, as OpenAI made them and gateways and local servers offer them.</summary>
internal interface IAudioApi
{
    /// <summary>Speaks a text. The answer is sound, or events with pieces of it.</summary>
    [Post("/audio/speech")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> SpeakAsync(
        [Body(buffered: true)] SpeechRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Writes down what is said. The answer is JSON, text, or events.</summary>
    [Post("/audio/transcriptions")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> TranscribeAsync(
        [Body] HttpContent form,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Writes down in English what is said. The answer is JSON or text.</summary>
    [Post("/audio/translations")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> TranslateAsync(
        [Body] HttpContent form,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
