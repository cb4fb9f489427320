using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Lists models in pages, and shows them.</summary>
internal sealed class GeminiModels(FamilyOptions options)
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1000;

    private static readonly string[] Methods = ["generateContent", "countTokens"];

    private readonly string[] _models = [.. options.Models.Where(static model => !ModelLife.IsOverFor(model))];

    /// <summary>The refusal of a model that there is none of.</summary>
    public static ApiException NotFound(string model) => new(new ApiError(
        404, $"models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.", "not_found", null, null));

    public Answer List(Query query)
    {
        int size = query.Integer("pageSize", 1, LargestPage) ?? DefaultPage;
        int start = query.Integer("pageToken", 0, _models.Length) ?? 0;
        Dictionary<string, object?> list = Shape.Of(("models", _models.Skip(start).Take(size).Select(ToShape).ToArray()));
        return Answer.OfJson(start + size < _models.Length ? list.With(("nextPageToken", (start + size).ToString(CultureInfo.InvariantCulture))) : list);
    }

    public Answer Show(string model) => _models.Contains(model, StringComparer.Ordinal) ? Answer.OfJson(ToShape(model)) : throw NotFound(model);

    /// <summary>What is told of the life of a model that ends; null for one that lives on.</summary>
    public static Dictionary<string, object?>? Status(ModelLife life) => life.Time is { } end
        ? Shape.Of(("modelStage", "DEPRECATED"), ("retirementTime", end), ("message", $"{life.Model} ends soon; use {life.Replacement}."))
        : null;

    private Dictionary<string, object?> ToShape(string model)
    {
        Dictionary<string, object?> shape = Shape.Of(
            ("name", "models/" + model),
            ("version", "001"),
            ("displayName", model),
            ("inputTokenLimit", 1_048_576),
            ("outputTokenLimit", 65_536),
            ("supportedGenerationMethods", Methods),
            ("thinking", true));
        return Status(new ModelLife(model, options.Clock())) is { } status ? shape.With(("modelStatus", status)) : shape;
    }
}
