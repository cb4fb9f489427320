using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using Refit;

namespace ChatPS.Client.Embeddings;

/// <summary>The vectors of services that speak as OpenAI does in chats; in vectors some of them have forms of their own.</summary>
internal sealed class OpenAIEmbeddings : IEmbeddings
{
    public static readonly OpenAIEmbeddings Family = new();

    /// <inheritdoc />
    public EmbeddingForm Form(ConnectionSettings connection, string? name) => EmbeddingForms.Of(connection, name);

    /// <inheritdoc />
    public Task<IApiResponse<EmbeddingsResponse>> SendAsync(IEmbeddingsApi api, EmbeddingForm form, ApiRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateAsync(form.Path(call.Connection.BaseUri), body, call, cancellationToken);
}
