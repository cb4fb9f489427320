using ChatPS.Api.Embeddings;
using ChatPS.Api.Wire;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Embeddings;

/// <summary>The forms of services that speak as OpenAI does in chats.</summary>
internal static class EmbeddingForms
{
    private const string Base64 = "base64";

    public static readonly EmbeddingForm OpenAI = new("OpenAI", Below("embeddings"), 256, static (request, model) => Common(request, model, Base64, request.Dimension)) { AskPlain = WithoutEncoding };

    private static readonly EmbeddingForm Cohere = new("Cohere", static address => KnownHosts.BesideCompatible(address, "embed"), 96, static (request, model) => new CohereEmbedRequest
    {
        Model = model,
        Texts = request.Texts,
        InputType = Cohere!.WordFor(request.Use ?? EmbeddingUse.Document),
        EmbeddingTypes = ["float"],
        OutputDimension = request.Dimension,
        Truncate = "NONE",
    })
    {
        Uses = new Dictionary<EmbeddingUse, string>
        {
            [EmbeddingUse.Query] = "search_query",
            [EmbeddingUse.Document] = "search_document",
            [EmbeddingUse.Classification] = "classification",
            [EmbeddingUse.Clustering] = "clustering",
        },
    };

    private static readonly EmbeddingForm Jina = new("Jina", Below("embeddings"), 256, static (request, model) =>
    {
        EmbeddingsRequest body = Common(request, model, encoding: null, request.Dimension);
        body.EmbeddingType = Base64;
        body.Task = Jina!.WordFor(request.Use);
        body.Truncate = false;
        return body;
    })
    {
        AskPlain = WithoutEncoding,
        Uses = new Dictionary<EmbeddingUse, string>
        {
            [EmbeddingUse.Query] = "retrieval.query",
            [EmbeddingUse.Document] = "retrieval.passage",
            [EmbeddingUse.Similarity] = "text-matching",
            [EmbeddingUse.Classification] = "classification",
            [EmbeddingUse.Clustering] = "separation",
        },
    };

    private static readonly EmbeddingForm Voyage = new("Voyage", Below("embeddings"), 128, static (request, model) =>
    {
        EmbeddingsRequest body = Common(request, model, Base64, dimension: null);
        body.OutputDimension = request.Dimension;
        body.InputType = Voyage!.WordFor(request.Use);
        body.Truncation = false;
        return body;
    })
    {
        AskPlain = WithoutEncoding,
        Uses = new Dictionary<EmbeddingUse, string> { [EmbeddingUse.Query] = "query", [EmbeddingUse.Document] = "document" },
    };

    private static readonly EmbeddingForm Ollama = new("Ollama", BesideVersion("api/embed"), 256, static (request, model) => new OllamaEmbedRequest
    {
        Model = model,
        Input = request.Texts,
        Truncate = false,
        Dimensions = request.Dimension,
    });

    /// <summary>Gets the forms to choose from.</summary>
    public static IReadOnlyList<EmbeddingForm> All { get; } = [OpenAI, Cohere, Jina, Voyage, Ollama];

    // They speak as OpenAI does, and take fewer texts.
    private static readonly Dictionary<string, EmbeddingForm> Narrow = new(StringComparer.Ordinal) { ["Zhipu"] = OpenAI with { MostTexts = 64 }, ["DashScope"] = OpenAI with { MostTexts = 10 } };

    /// <summary>Finds the form of a service.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name of the form; null for that of the host.</param>
    /// <returns>The form.</returns>
    /// <exception cref="ChatServiceException">There is none of that name.</exception>
    public static EmbeddingForm Of(ConnectionSettings connection, string? name)
    {
        if (name is not null)
        {
            return Find(name) ?? throw Failures.Invalid($"-Form is '{name}'; there is no such form.", $"Give one of {string.Join(", ", All.Select(form => form.Name))}, or leave -Form out for that of the service.");
        }

        string? vendor = KnownHosts.VendorOf(connection);
        return vendor is null ? OpenAI : Narrow.TryGetValue(vendor, out EmbeddingForm? narrow) ? narrow : Find(vendor) ?? OpenAI;
    }

    private static EmbeddingForm? Find(string name) => All.FirstOrDefault(form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static EmbeddingsRequest Common(EmbeddingRequest request, string model, string? encoding, int? dimension) =>
        new() { Model = model, Input = request.Texts, EncodingFormat = encoding, Dimensions = dimension };

    private static void WithoutEncoding(ApiRequest body)
    {
        EmbeddingsRequest request = (EmbeddingsRequest)body;
        request.EncodingFormat = null;
        request.EmbeddingType = null;
    }

    private static Func<Uri, string> Below(string path) => _ => path;

    private static Func<Uri, string> BesideVersion(string path) => _ => "../" + path;
}
