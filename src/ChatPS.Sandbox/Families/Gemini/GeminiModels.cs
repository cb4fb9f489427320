using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Lists models in pages, and shows them.</summary>
internal sealed class GeminiModels(IReadOnlyList<string> models)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1000;

    /// <summary>The refusal of a model that there is none of.</summary>
    public static ApiException NotFound(string model) => new(new ApiError(
        404, $"models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.", "not_found", null, null));

    public Answer List(Query query)
    {
        int size = query.Integer("pageSize", 1, LargestPage) ?? DefaultPage;
        int start = query.Integer("pageToken", 0, models.Count) ?? 0;
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("models"u8);
                foreach (string model in models.Skip(start).Take(size))
                {
                    Write(json, model);
                }

                json.WriteEndArray();
                if (start + size < models.Count)
                {
                    json.WriteString("nextPageToken"u8, (start + size).ToString(CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
            },
        };
    }

    public Answer Show(string model) => models.Contains(model, StringComparer.Ordinal) ? new Answer { Json = json => Write(json, model) } : throw NotFound(model);

    private static void Write(Utf8JsonWriter json, string model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, "models/" + model);
        json.WriteString("version"u8, "001"u8);
        json.WriteString("displayName"u8, model);
        json.WriteNumber("inputTokenLimit"u8, 1_048_576);
        json.WriteNumber("outputTokenLimit"u8, 65_536);
        json.WriteStartArray("supportedGenerationMethods"u8);
        json.WriteStringValue("generateContent"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
