using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>The vectors of texts, one or several.</summary>
internal static class GeminiEmbedEndpoint
{
    private const int MostTexts = 100;
    private const int LargestDimension = 3072;
    private const int UsualDimension = 256;

    private static readonly string[] Members = ["model", "content", "taskType", "title", "outputDimensionality"];

    private static readonly string[] TaskTypes =
    [
        "TASK_TYPE_UNSPECIFIED", "RETRIEVAL_QUERY", "RETRIEVAL_DOCUMENT", "SEMANTIC_SIMILARITY", "CLASSIFICATION", "CLUSTERING", "QUESTION_ANSWERING", "FACT_VERIFICATION", "CODE_RETRIEVAL_QUERY",
    ];

    public static Answer HandleOne(EndpointCall call)
    {
        Require(call);
        float[] vector = Read(call.Body.Root, "", call["model"], needsModel: false);
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("embedding"u8);
                Write(json, vector);
                json.WriteEndObject();
            },
        };
    }

    public static Answer HandleBatch(EndpointCall call)
    {
        Require(call);
        JsonElement requests = GeminiFields.Of(call.Body.Root, "", "requests").Array("requests") ?? throw new ApiException(ApiError.Invalid("* BatchEmbedContentsRequest.requests: at least one request must be given"));
        if (requests.GetArrayLength() > MostTexts)
        {
            throw new ApiException(ApiError.Invalid($"* BatchEmbedContentsRequest.requests: at most {MostTexts} requests can be in one batch"));
        }

        float[][] vectors = [.. requests.EnumerateArray().Select((request, place) => Read(request, $"requests[{place}]", call["model"], needsModel: true))];
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("embeddings"u8);
                foreach (float[] vector in vectors)
                {
                    Write(json, vector);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
        };
    }

    private static void Require(EndpointCall call)
    {
        if (!call.Exists(call["model"]))
        {
            throw GeminiModels.NotFound(call["model"]);
        }
    }

    private static float[] Read(JsonElement request, string name, string model, bool needsModel)
    {
        Fields fields = GeminiFields.Of(request, name, Members);
        string? named = fields.Text("model");
        if ((needsModel || named is not null) && named != "models/" + model)
        {
            throw new ApiException(ApiError.Invalid($"* BatchEmbedContentsRequest.{fields.Name("model")}: the model must be 'models/{model}', as in the address"));
        }

        string? task = fields.Choice("taskType", TaskTypes);
        if (fields.Text("title") is not null && task != "RETRIEVAL_DOCUMENT")
        {
            throw new ApiException(ApiError.Invalid($"* {fields.Name("title")}: a title is only valid for the task type RETRIEVAL_DOCUMENT"));
        }

        string text = TextOf(fields);
        return TextVector.Of(text, fields.Integer("outputDimensionality", 1, LargestDimension) ?? UsualDimension);
    }

    private static string TextOf(Fields fields)
    {
        Fields content = GeminiFields.Of(fields.Required("content"), fields.Name("content"), "role", "parts");
        string text = string.Concat((content.Array("parts") ?? throw new ApiException(ApiError.Missing(content.Name("parts")))).EnumerateArray().Select(part => GeminiFields.Of(part, content.Name("parts"), "text").RequiredText("text")));
        return text.Length > 0 ? text : throw new ApiException(ApiError.Invalid($"* {content.Name("parts")}: the text is empty"));
    }

    private static void Write(Utf8JsonWriter json, float[] vector)
    {
        json.WriteStartObject();
        json.WritePropertyName("values"u8);
        VectorJson.Write(json, vector);
        json.WriteEndObject();
    }
}
