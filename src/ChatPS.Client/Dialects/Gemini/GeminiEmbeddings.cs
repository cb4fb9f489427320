using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Faults;
using Refit;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>The vectors of Gemini: always by <c>batchEmbedContents</c>, one entry a text.</summary>
internal sealed class GeminiEmbeddings : IEmbeddings
{
    public static readonly GeminiEmbeddings Family = new();

    private static readonly EmbeddingForm GeminiForm = new("Gemini", static _ => "", 100, ToWire)
    {
        Uses = new Dictionary<EmbeddingUse, string>
        {
            [EmbeddingUse.Query] = "RETRIEVAL_QUERY",
            [EmbeddingUse.Document] = "RETRIEVAL_DOCUMENT",
            [EmbeddingUse.Similarity] = "SEMANTIC_SIMILARITY",
            [EmbeddingUse.Classification] = "CLASSIFICATION",
            [EmbeddingUse.Clustering] = "CLUSTERING",
        },
    };

    /// <inheritdoc />
    public EmbeddingForm Form(ConnectionSettings connection, string? name) => name is null || name.Equals(GeminiForm.Name, StringComparison.OrdinalIgnoreCase)
        ? GeminiForm
        : throw Failures.Invalid($"-Form is '{name}', but the connection '{connection.Name}' speaks Gemini's own form.", "Leave -Form out, or connect with -Dialect OpenAI.");

    /// <inheritdoc />
    public Task<IApiResponse<EmbeddingsResponse>> SendAsync(IEmbeddingsApi api, EmbeddingForm form, ApiRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.CreateByModelAsync(GeminiModelName.ToPath(call.Model!), body, call, cancellationToken);

    private static GeminiEmbedRequest ToWire(EmbeddingRequest request, string model)
    {
        string path = GeminiModelName.ToPath(model);
        string? use = GeminiForm.WordFor(request.Use);
        return new GeminiEmbedRequest
        {
            Requests =
            [
                .. request.Texts.Select(text => new GeminiEmbedText
                {
                    Model = path,
                    Content = new GeminiEmbedContent { Parts = [new GeminiEmbedPart { Text = text }] },
                    TaskType = use,
                    OutputDimensionality = request.Dimension,
                }),
            ],
        };
    }
}
