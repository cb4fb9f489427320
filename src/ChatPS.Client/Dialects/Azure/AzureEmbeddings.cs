using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using Refit;

namespace ChatPS.Client.Dialects.Azure;

/// <summary>The vectors of an Azure OpenAI resource: in OpenAI's form, at the v1 API or at the address of a deployment.</summary>
internal sealed class AzureEmbeddings : IEmbeddings
{
    public static readonly AzureEmbeddings Family = new();

    /// <inheritdoc />
    public EmbeddingForm Form(ConnectionSettings connection, string? name) => EmbeddingForms.Of(connection, name ?? EmbeddingForms.OpenAI.Name);

    /// <inheritdoc />
    public Task<IApiResponse<EmbeddingsResponse>> SendAsync(IEmbeddingsApi api, EmbeddingForm form, ApiRequest body, CallContext call, CancellationToken cancellationToken) =>
        AzureOpenAIDialect.DeploymentOf(call) is { } deployment
            ? api.CreateAtDeploymentAsync(deployment, body, call, cancellationToken)
            : api.CreateAsync(form.Path(call.Connection.BaseUri), body, call, cancellationToken);
}
