using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
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
        return new Answer
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data"u8);
                for (int i = start; i < end; i++)
                {
                    Write(json, i);
                }

                json.WriteEndArray();
                json.WriteBoolean("has_more"u8, hasMore);
                json.WriteString("first_id"u8, start < end ? models[start] : null);
                json.WriteString("last_id"u8, start < end ? models[end - 1] : null);
                json.WriteEndObject();
            },
        };
    }

    public Answer Show(string id)
    {
        int index = Find(id);
        return new Answer { Json = json => Write(json, index) };
    }

    private int Find(string id)
    {
        int index = models.ToList().IndexOf(id);
        return index >= 0 ? index : throw new ApiException(new ApiError(404, "model: " + id, "not_found_error", null, null));
    }

    private void Write(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "model"u8);
        json.WriteString("id"u8, models[index]);
        json.WriteString("display_name"u8, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(models[index].Replace('-', ' ')));
        json.WriteString("created_at"u8, FirstCreated.AddSeconds(index).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
