using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>Reranking in the forms of Jina, Cohere and Voyage: a document fits the better, the more of the query's words it has.</summary>
internal static class RerankEndpoint
{
    private const int MostDocuments = 1000;
    private const int DocumentsOfSearch = 100;

    private static readonly char[] Breaks = [' ', '\t', '\r', '\n', '.', ',', ';', ':', '!', '?', '"', '(', ')'];

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        string model = call.Model();
        string[] query = Words(body.RequiredText("query"));
        string[] documents = [.. Documents(body)];
        bool isVoyage = body.TryGet("top_k", out _);
        bool isCohere = call.Exchange.Http.Path.StartsWith("/v2/", StringComparison.Ordinal);
        int top = body.Integer(isVoyage ? "top_k" : "top_n", 1) ?? documents.Length;
        bool returnsDocuments = body.Flag("return_documents");
        int tokens = query.Length + documents.Sum(static document => Words(document).Length);
        List<Dictionary<string, object?>> results =
        [
            .. documents
                .Select((document, index) => (Document: document, Index: index, Score: Score(query, document)))
                .OrderByDescending(static result => result.Score)
                .ThenBy(static result => result.Index)
                .Take(top)
                .Select(result => returnsDocuments
                    ? Shape.Of(("index", result.Index), ("relevance_score", result.Score), ("document", isVoyage ? result.Document : Shape.Of(("text", result.Document))))
                    : Shape.Of(("index", result.Index), ("relevance_score", result.Score))),
        ];
        return Answer.OfJson(
            isCohere ? Shape.Of(("id", call.Id("rerank")), ("results", results), ("meta", Shape.Of(("api_version", Shape.Of(("version", "2"))), ("billed_units", Shape.Of(("search_units", (documents.Length + DocumentsOfSearch - 1) / DocumentsOfSearch))))))
            : isVoyage ? Shape.Of(("object", "list"), ("data", results), ("model", model), ("usage", Shape.Of(("total_tokens", tokens))))
            : Shape.Of(("model", model), ("results", results), ("usage", Shape.Of(("prompt_tokens", tokens), ("total_tokens", tokens)))));
    }

    private static IEnumerable<string> Documents(Fields body)
    {
        JsonElement documents = body.Array("documents") ?? throw new ApiException(ApiError.Missing("documents"));
        if (documents.GetArrayLength() == 0)
        {
            throw new ApiException(ApiError.Invalid("Invalid 'documents': empty array.", "documents", "empty_array"));
        }

        if (documents.GetArrayLength() > MostDocuments)
        {
            throw new ApiException(ApiError.Invalid($"invalid request: list of documents must not contain more than {MostDocuments} documents - received {documents.GetArrayLength()}", "documents"));
        }

        return documents.EnumerateArray().Select(static document => document.ValueKind switch
        {
            JsonValueKind.String => document.GetString()!,
            JsonValueKind.Object => new Fields(document, "documents[].").RequiredText("text"),
            _ => throw new ApiException(ApiError.WrongType("documents[]", "a string or an object", document)),
        });
    }

    private static double Score(string[] query, string document)
    {
        HashSet<string> words = new(Words(document), StringComparer.OrdinalIgnoreCase);
        return query.Length == 0 ? 0 : Math.Round((double)query.Count(words.Contains) / query.Length, 4);
    }

    private static string[] Words(string text) => text.Split(Breaks, StringSplitOptions.RemoveEmptyEntries);
}
