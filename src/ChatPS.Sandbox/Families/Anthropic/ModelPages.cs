using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>Lists models page by page, and shows them.</summary>
internal sealed class ModelPages(IReadOnlyList<string> models)
{
    private const int UsualPage = 20;
    private const int LargestPage = 1000;

    private static readonly DateTimeOffset FirstCreated = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public Answer List(Query query)
    {
        int size = query.Integer("limit", 1, LargestPage) ?? UsualPage;
        int start = query["after_id"] is { } after ? Find(after) + 1 : 0;
        int end = Math.Min(models.Count, start + size);
        if (query["before_id"] is { } before)
        {
            end = Find(before);
            start = Math.Max(0, end - size);
        }

        bool hasMore = query["before_id"] is null ? end < models.Count : start > 0;
        return Answer.OfJson(Shape.Of(
            ("data", Enumerable.Range(start, Math.Max(0, end - start)).Select(ToShape).ToArray()),
            ("has_more", hasMore),
            ("first_id", start < end ? models[start] : null),
            ("last_id", start < end ? models[end - 1] : null)));
    }

    public Answer Show(string id) => Answer.OfJson(ToShape(Find(id)));

    private int Find(string id)
    {
        int index = models.ToList().IndexOf(id);
        return index >= 0 ? index : throw new ApiException(new ApiError(404, "model: " + id, "not_found_error", null, null));
    }

    private Dictionary<string, object?> ToShape(int index) => Shape.Of(
        ("type", "model"),
        ("id", models[index]),
        ("display_name", CultureInfo.InvariantCulture.TextInfo.ToTitleCase(models[index].Replace('-', ' '))),
        ("created_at", FirstCreated.AddSeconds(index).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
}
