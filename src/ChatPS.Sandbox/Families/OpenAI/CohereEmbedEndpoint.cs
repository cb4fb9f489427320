using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>The vectors of texts in Cohere's forms: the first answers with plain lists, unless it is told a type; the second always by type.</summary>
internal static class CohereEmbedEndpoint
{
    private const int MostTexts = 96;
    private const int MostTokens = 8192;

    private static readonly string[] InputTypes = ["search_document", "search_query", "classification", "clustering"];
    private static readonly int[] Dimensions = [256, 512, 1024, 1536];

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        bool isSecond = call.Exchange.Http.Path.StartsWith("/v2/", StringComparison.Ordinal);
        string model = call.Model();
        string[] texts = ReadTexts(body);
        body.Required("input_type");
        body.Choice("input_type", InputTypes);
        bool isCut = (body.Choice("truncate", "NONE", "START", "END") ?? "END") != "NONE";
        bool isByType = ReadTypes(body, isSecond);
        int dimension = body.Integer("output_dimension", 1) ?? Dimensions[0];
        if (!Dimensions.Contains(dimension))
        {
            throw Refuse($"invalid request: output_dimension must be one of {string.Join(", ", Dimensions)}");
        }

        int tokens = texts.Sum(Tokens.Count);
        if (!isCut && Array.Find(texts, static text => Tokens.Count(text) > MostTokens) is { } tooLong)
        {
            throw Refuse($"too many tokens: size limit exceeded by {Tokens.Count(tooLong) - MostTokens} tokens. Try using shorter or fewer inputs.");
        }

        float[][] vectors = [.. texts.Select(text => TextVector.Of(text, dimension))];
        return new Answer { Json = json => Write(json, call.Id("emb"), model, texts, vectors, isByType, tokens) };
    }

    private static string[] ReadTexts(Fields body)
    {
        JsonElement texts = body.Array("texts") ?? throw new ApiException(ApiError.Missing("texts"));
        return texts.GetArrayLength() is 0 or > MostTexts
            ? throw Refuse($"invalid request: total number of texts must be at least 1 and at most {MostTexts} - received {texts.GetArrayLength()}")
            : [.. texts.EnumerateArray().Select(static text => text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0 ? text.GetString()! : throw Refuse("invalid request: all elements in the texts array must be non-empty strings"))];
    }

    private static bool ReadTypes(Fields body, bool isNeeded)
    {
        JsonElement? types = body.Array("embedding_types");
        return types is null && isNeeded ? throw new ApiException(ApiError.Missing("embedding_types"))
            : types?.EnumerateArray().Any(static type => type.ValueKind != JsonValueKind.String || type.GetString() != "float") == true ? throw Refuse("invalid request: the sandbox knows embedding_types of float only")
            : types is not null;
    }

    private static ApiException Refuse(string message) => new(ApiError.Invalid(message));

    private static void Write(Utf8JsonWriter json, string id, string model, string[] texts, float[][] vectors, bool isByType, int tokens)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteStartArray("texts"u8);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WritePropertyName("embeddings"u8);
        if (isByType)
        {
            json.WriteStartObject();
            json.WritePropertyName("float"u8);
        }

        json.WriteStartArray();
        foreach (float[] vector in vectors)
        {
            VectorJson.Write(json, vector);
        }

        json.WriteEndArray();
        if (isByType)
        {
            json.WriteEndObject();
        }

        json.WritePropertyName("meta"u8);
        PlainJson.Write(json, Shape.Of(("api_version", Shape.Of(("version", isByType ? "2" : "1"))), ("billed_units", Shape.Of(("input_tokens", tokens)))));
        json.WriteString("response_type"u8, isByType ? "embeddings_by_type"u8 : "embeddings_floats"u8);
        json.WriteEndObject();
    }
}
