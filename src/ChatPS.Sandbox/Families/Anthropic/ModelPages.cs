using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Lists models page by page, and shows them.</summary>
internal sealed class ModelPages(FamilyOptions options)
{
    private const int UsualPage = 20;
    private const int LargestPage = 1000;

    private static readonly string[] Stages = ["active", "deprecated", "retired"];

    private static readonly DateTimeOffset FirstCreated = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public Answer List(Query query)
    {
        string? stage = query["lifecycle"];
        if (stage is not null && !Stages.Contains(stage, StringComparer.Ordinal))
        {
            throw new ApiException(Input.Refused($"lifecycle: Input should be '{string.Join("', '", Stages)}'"));
        }

        // Those that have ended are listed for who asks for them.
        string[] models = [.. options.Models.Where(model => stage is null ? StageOf(model) != "retired" : StageOf(model) == stage)];
        int size = query.Integer("limit", 1, LargestPage) ?? UsualPage;
        int start = query["after_id"] is { } after ? Find(models, after) + 1 : 0;
        int end = Math.Min(models.Length, start + size);
        if (query["before_id"] is { } before)
        {
            end = Find(models, before);
            start = Math.Max(0, end - size);
        }

        bool hasMore = query["before_id"] is null ? end < models.Length : start > 0;
        return Answer.OfJson(Shape.Of(
            ("data", Enumerable.Range(start, Math.Max(0, end - start)).Select(index => ToShape(models[index])).ToArray()),
            ("has_more", hasMore),
            ("first_id", start < end ? models[start] : null),
            ("last_id", start < end ? models[end - 1] : null)));
    }

    public Answer Show(string id) => Answer.OfJson(ToShape(options.Models[Find(options.Models, id)]));

    private static int Find(IReadOnlyList<string> models, string id)
    {
        int index = models.ToList().IndexOf(id);
        return index >= 0 ? index : throw new ApiException(new ApiError(404, "model: " + id, "not_found_error", null, null));
    }

    private string StageOf(string model) => new ModelLife(model, options.Clock()) is { RetiresAt: not null } life ? life.IsOver ? "retired" : "deprecated" : "active";

    private Dictionary<string, object?> ToShape(string model)
    {
        ModelLife life = new(model, options.Clock());
        return Shape.Of(
            ("type", "model"),
            ("id", model),
            ("display_name", CultureInfo.InvariantCulture.TextInfo.ToTitleCase(model.Replace('-', ' '))),
            ("created_at", FirstCreated.AddSeconds(Find(options.Models, model)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("lifecycle", StageOf(model)),
            ("line", null),
            ("deprecated_at", life.Announced),
            ("retires_at", life.Time),
            ("max_input_tokens", 200_000),
            ("max_tokens", 64_000),
            ("capabilities", ModelAbilities.Of(model)));
    }
}
