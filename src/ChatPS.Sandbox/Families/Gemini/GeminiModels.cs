using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Lists models in pages, and shows them.</summary>
internal sealed class GeminiModels(IReadOnlyList<string> models)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1000;

    private static readonly string[] Methods = ["generateContent"];

    /// <summary>The refusal of a model that there is none of.</summary>
    public static ApiException NotFound(string model) => new(new ApiError(
        404, $"models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.", "not_found", null, null));

    public Answer List(Query query)
    {
        int size = query.Integer("pageSize", 1, LargestPage) ?? DefaultPage;
        int start = query.Integer("pageToken", 0, models.Count) ?? 0;
        Dictionary<string, object?> list = Shape.Of(("models", models.Skip(start).Take(size).Select(ToShape).ToArray()));
        return Answer.OfJson(start + size < models.Count ? list.With(("nextPageToken", (start + size).ToString(CultureInfo.InvariantCulture))) : list);
    }

    public Answer Show(string model) => models.Contains(model, StringComparer.Ordinal) ? Answer.OfJson(ToShape(model)) : throw NotFound(model);

    private static Dictionary<string, object?> ToShape(string model) => Shape.Of(
        ("name", "models/" + model),
        ("version", "001"),
        ("displayName", model),
        ("inputTokenLimit", 1_048_576),
        ("outputTokenLimit", 65_536),
        ("supportedGenerationMethods", Methods));
}
