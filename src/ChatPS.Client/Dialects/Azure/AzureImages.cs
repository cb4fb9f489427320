using ChatPS.Api.Images;
using ChatPS.Client.Calls;
using ChatPS.Client.Images;
using Refit;

namespace ChatPS.Client.Dialects.Azure;

/// <summary>OpenAI's pictures at Azure: by model, or by deployment with a dated version.</summary>
internal sealed class AzureImages : OpenAIImages
{
    public static readonly AzureImages Deployed = new();

    protected override Task<IApiResponse<ImageResponse>> SendAsync(ServiceConnection connection, ImageRequest request, ImageGenerationRequest body, CallContext call, CancellationToken cancellationToken)
    {
        if (AzureOpenAIDialect.DeploymentOf(call) is not { } deployment)
        {
            return base.SendAsync(connection, request, body, call, cancellationToken);
        }

        IAzureImagesApi api = connection.Client<IAzureImagesApi>(ImagesJsonContext.Default);
        return request.Images.Count == 0 ? api.CreateAsync(deployment, body, call, cancellationToken) : api.EditAsync(deployment, ToForm(request, body, call), call, cancellationToken);
    }

    protected override Task<HttpResponseMessage> OpenAsync(ServiceConnection connection, ImageRequest request, ImageGenerationRequest body, CallContext call, CancellationToken cancellationToken)
    {
        if (AzureOpenAIDialect.DeploymentOf(call) is not { } deployment)
        {
            return base.OpenAsync(connection, request, body, call, cancellationToken);
        }

        IAzureImagesApi api = connection.Client<IAzureImagesApi>(ImagesJsonContext.Default);
        return request.Images.Count == 0 ? api.StreamAsync(deployment, body, call, cancellationToken) : api.StreamEditAsync(deployment, ToForm(request, body, call), call, cancellationToken);
    }
}
