namespace ChatPS.Client.Embeddings;

/// <summary>What vectors are for. Some models make other vectors of a question than of the text that answers it.</summary>
public enum EmbeddingUse
{
    /// <summary>A question, which is compared with documents.</summary>
    Query,

    /// <summary>A text that is to be found.</summary>
    Document,

    /// <summary>Texts that are compared with each other.</summary>
    Similarity,

    /// <summary>Texts that are put into given classes.</summary>
    Classification,

    /// <summary>Texts that are put into groups.</summary>
    Clustering,
}
