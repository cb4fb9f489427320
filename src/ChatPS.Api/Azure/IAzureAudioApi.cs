using ChatPS.Api.Audio;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Azure;

/// <summary>Speech and transcripts of a deployment, as before the v1 API. The query must hold <c>api-version</c>.</summary>
internal interface IAzureAudioApi
{
    /// <summary>Speaks a text. The answer is sound, or events with pieces of it.</summary>
    [Post("/deployments/{deployment}/audio/speech")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> SpeakAsync(
        string deployment,
        [Body(buffered: true)] SpeechRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Writes down what is said. The answer is JSON, text, or events.</summary>
    [Post("/deployments/{deployment}/audio/transcriptions")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> TranscribeAsync(
        string deployment,
        [Body] HttpContent form,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Writes down in English what is said. The answer is JSON or text.</summary>
    [Post("/deployments/{deployment}/audio/translations")]
    [Headers("Accept: */*")]
    Task<HttpResponseMessage> TranslateAsync(
        string deployment,
        [Body] HttpContent form,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
