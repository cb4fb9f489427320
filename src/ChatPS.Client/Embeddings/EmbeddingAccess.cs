using ChatPS.Client.Calls;

namespace ChatPS.Client.Embeddings;

/// <summary>How a connection comes to the vectors of texts.</summary>
public static class EmbeddingAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>The vectors of texts.</summary>
        public EmbeddingService Embeddings => connection.Service(static connection => new EmbeddingService(connection));
    }
}
