using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using Refit;

namespace ChatPS.Client.Embeddings;

/// <summary>The vectors of texts as a dialect offers them.</summary>
internal interface IEmbeddings
{
    /// <summary>Finds the form in which a service is asked.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name of the form; null for that of the service.</param>
    /// <returns>The form.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    EmbeddingForm Form(ConnectionSettings connection, string? name);

    /// <summary>Sends a request.</summary>
    /// <param name="api">The client.</param>
    /// <param name="form">The form that it is written in.</param>
    /// <param name="body">The request.</param>
    /// <param name="call">The call, which knows the model and the connection.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer.</returns>
    Task<IApiResponse<EmbeddingsResponse>> SendAsync(IEmbeddingsApi api, EmbeddingForm form, ApiRequest body, CallContext call, CancellationToken cancellationToken);
}
