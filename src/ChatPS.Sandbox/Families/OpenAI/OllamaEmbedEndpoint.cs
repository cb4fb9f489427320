using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>The vectors of texts in Ollama's form.</summary>
internal static class OllamaEmbedEndpoint
{
    private const int MostTokens = 2048;
    private const int UsualDimension = 256;

    public static Answer Handle(EndpointCall call)
    {
        Fields body = call.Body;
        string model = call.Model();
        string[] texts = ReadTexts(body.Required("input"));
        int dimension = body.Integer("dimensions", 1) ?? UsualDimension;
        if (!body.Flag("truncate", whenAbsent: true) && Array.Exists(texts, static text => Tokens.Count(text) > MostTokens))
        {
            throw new ApiException(ApiError.Invalid("the input length exceeds the context length"));
        }

        float[][] vectors = [.. texts.Select(text => TextVector.Of(text, dimension))];
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("model"u8, model);
                json.WriteStartArray("embeddings"u8);
                foreach (float[] vector in vectors)
                {
                    VectorJson.Write(json, vector);
                }

                json.WriteEndArray();
                json.WriteNumber("total_duration"u8, 1_000_000);
                json.WriteNumber("load_duration"u8, 100_000);
                json.WriteNumber("prompt_eval_count"u8, texts.Sum(Tokens.Count));
                json.WriteEndObject();
            },
        };
    }

    private static string[] ReadTexts(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()!],
        JsonValueKind.Array => [.. input.EnumerateArray().Select(static text => text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new ApiException(ApiError.Invalid("invalid input type")))],
        _ => throw new ApiException(ApiError.Invalid("invalid input type")),
    };
}
