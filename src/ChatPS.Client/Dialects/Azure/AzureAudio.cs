using ChatPS.Api.Audio;
using ChatPS.Api.Azure;
using ChatPS.Client.Calls;
using ChatPS.Client.Dialects.OpenAI;

namespace ChatPS.Client.Dialects.Azure;

/// <summary>Speech and transcripts of an Azure OpenAI resource: at the v1 API as OpenAI's; with a dated API version, at the address of the deployment.</summary>
internal sealed class AzureAudio : OpenAIAudio
{
    public static readonly AzureAudio Deployments = new();

    private AzureAudio()
    {
    }

    private protected override Task<HttpResponseMessage> SpeakAsync(ServiceConnection connection, SpeechRequest body, CallContext call, CancellationToken cancellationToken) =>
        AzureOpenAIDialect.DeploymentOf(call) is { } deployment
            ? connection.Client<IAzureAudioApi>(AudioJsonContext.Default).SpeakAsync(deployment, body, call, cancellationToken)
            : base.SpeakAsync(connection, body, call, cancellationToken);

    private protected override Task<HttpResponseMessage> SendAsync(ServiceConnection connection, HttpContent form, bool isTranslation, CallContext call, CancellationToken cancellationToken)
    {
        if (AzureOpenAIDialect.DeploymentOf(call) is not { } deployment)
        {
            return base.SendAsync(connection, form, isTranslation, call, cancellationToken);
        }

        IAzureAudioApi api = connection.Client<IAzureAudioApi>(AudioJsonContext.Default);
        return isTranslation ? api.TranslateAsync(deployment, form, call, cancellationToken) : api.TranscribeAsync(deployment, form, call, cancellationToken);
    }
}
