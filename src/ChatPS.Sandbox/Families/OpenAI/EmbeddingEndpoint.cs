using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>The vectors of texts in OpenAI's form, with the members that Jina and Voyage add to it.</summary>
internal static class EmbeddingEndpoint
{
    private const int MostTexts = 2048;
    private const int MostTokens = 8192;
    private const int MostTokensOfAll = 300_000;
    private const int LargestDimension = 3072;
    private const int UsualDimension = 256;

    private static readonly string[] Tasks = ["retrieval.query", "retrieval.passage", "text-matching", "classification", "separation", "code.query", "code.passage"];

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        string model = call.Model();
        List<(string Text, int Tokens)> inputs = ReadInput(body);
        int dimension = body.Integer("dimensions", 1, LargestDimension) ?? body.Integer("output_dimension", 1, LargestDimension) ?? UsualDimension;
        bool isBase64 = (body.Choice("encoding_format", "float", "base64") ?? body.Choice("embedding_type", "float", "base64")) == "base64";
        bool isVoyage = body.TryGet("input_type", out _) | body.TryGet("truncation", out _);
        body.Choice("task", Tasks);
        body.Choice("input_type", "query", "document");
        body.Text("user");
        int tokens = inputs.Sum(static input => input.Tokens);
        float[][] vectors = [.. inputs.Select(input => TextVector.Of(input.Text, dimension))];
        return new Answer { Json = json => Write(json, model, vectors, isBase64, tokens, isVoyage) };
    }

    private static List<(string Text, int Tokens)> ReadInput(Fields body)
    {
        JsonElement input = body.Required("input");
        List<(string Text, int Tokens)> inputs = input.ValueKind switch
        {
            JsonValueKind.String => [Read(input, "input")],
            JsonValueKind.Array when input.GetArrayLength() == 0 => throw new ApiException(ApiError.Invalid(
                "Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array instead.", "input", "empty_array")),
            JsonValueKind.Array when input[0].ValueKind == JsonValueKind.Number => [Read(input, "input")],
            JsonValueKind.Array when input.GetArrayLength() > MostTexts => throw new ApiException(ApiError.Invalid(
                $"Invalid 'input': array too long. Expected an array with maximum length {MostTexts}, but got an array with length {input.GetArrayLength()} instead.", "input", "array_above_max_length")),
            JsonValueKind.Array => [.. input.EnumerateArray().Select(static (item, place) => Read(item, $"input[{place}]"))],
            _ => throw new ApiException(ApiError.WrongType("input", "a string or an array", input)),
        };
        int tokens = inputs.Sum(static item => item.Tokens);
        return tokens <= MostTokensOfAll
            ? inputs
            : throw new ApiException(new ApiError(400, $"Requested {tokens} tokens, max {MostTokensOfAll} tokens per request", "max_tokens_per_request", null, "max_tokens_per_request"));
    }

    // A text, or the numbers of its tokens.
    private static (string Text, int Tokens) Read(JsonElement item, string name)
    {
        (string text, int tokens) = item.ValueKind switch
        {
            JsonValueKind.String => (item.GetString()!, Tokens.Count(item.GetString()!)),
            JsonValueKind.Array when item.EnumerateArray().All(static token => token.ValueKind == JsonValueKind.Number) => (item.GetRawText(), item.GetArrayLength()),
            _ => throw new ApiException(ApiError.WrongType(name, "a string or an array of tokens", item)),
        };
        return text.Length == 0 ? throw new ApiException(ApiError.Invalid($"Invalid '{name}': input cannot be an empty string.", "input"))
            : tokens > MostTokens ? throw new ApiException(ApiError.Invalid($"Invalid '{name}': maximum input length is {MostTokens} tokens.", "input"))
            : (text, tokens);
    }

    private static void Write(Utf8JsonWriter json, string model, float[][] vectors, bool isBase64, int tokens, bool isVoyage)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (int index = 0; index < vectors.Length; index++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            json.WritePropertyName("embedding"u8);
            VectorJson.Write(json, vectors[index], isBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, model);
        json.WriteStartObject("usage"u8);
        if (!isVoyage)
        {
            json.WriteNumber("prompt_tokens"u8, tokens);
        }

        json.WriteNumber("total_tokens"u8, tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
