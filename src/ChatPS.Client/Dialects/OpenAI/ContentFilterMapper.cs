using System.Text.Json;
using ChatPS.Client.Dialects.Gemini;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Reads what Azure's content filter adds to chat completions and to errors.</summary>
internal static class ContentFilterMapper
{
    /// <summary>Reads the results that stand beside an answer.</summary>
    /// <param name="members">The members of the answer, or of a piece of it, that no other property holds.</param>
    /// <returns>What was found in the prompts.</returns>
    public static IEnumerable<ChatContentFilter> OfPrompts(Dictionary<string, JsonElement>? members) =>
        members is not null && (members.TryGetValue("prompt_filter_results", out JsonElement prompts) || members.TryGetValue("prompt_annotations", out prompts)) && prompts.ValueKind == JsonValueKind.Array
            ? prompts.EnumerateArray().SelectMany(prompt => Read(prompt.ObjectOf("content_filter_results"), "prompt", IndexOf(prompt)))
            : [];

    /// <summary>Reads the results that stand in a choice.</summary>
    /// <param name="members">The members of the choice that no other property holds.</param>
    /// <param name="index">The place of the choice.</param>
    /// <returns>What was found in the answer.</returns>
    public static IEnumerable<ChatContentFilter> OfChoice(Dictionary<string, JsonElement>? members, int index) =>
        members is not null && members.TryGetValue("content_filter_results", out JsonElement results) ? Read(results, "answer", index) : [];

    /// <summary>Reads the results in an error that refuses a prompt.</summary>
    /// <param name="body">The error's body.</param>
    /// <returns>What was found in the prompt.</returns>
    public static ChatContentFilter[] OfError(string? body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body ?? "");
            return
            [
                .. Read(document.RootElement.ObjectOf("error")?.ObjectOf("innererror")?.ObjectOf("content_filter_result"), "prompt", 0),
                .. GeminiAnswerMapper.FiltersOfBlockedPrompt(document.RootElement),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Puts the results of a stream together: later ones of a kind take the place of earlier ones.</summary>
    /// <param name="filters">All results in the order in which they came.</param>
    /// <returns>The last of each kind.</returns>
    public static IReadOnlyList<ChatContentFilter> Latest(IEnumerable<ChatContentFilter> filters) =>
        [.. filters.GroupBy(filter => (filter.Source, filter.Index, filter.Category)).Select(group => group.Last())];

    private static IEnumerable<ChatContentFilter> Read(JsonElement? results, string source, int index)
    {
        if (results is not { ValueKind: JsonValueKind.Object } members)
        {
            yield break;
        }

        foreach (JsonProperty member in members.EnumerateObject())
        {
            // An "error" tells that the filter did not run.
            if (member.Value.ValueKind != JsonValueKind.Object || member.Name == "error")
            {
                continue;
            }

            bool isBlocked = IsTrue(member.Value, "filtered");
            string? severity = member.Value.TextOf("severity");
            yield return new ChatContentFilter
            {
                Source = source,
                Index = index,
                Category = member.Name,
                Severity = severity,
                Detected = isBlocked || IsTrue(member.Value, "detected") || severity is not (null or "safe"),
                Blocked = isBlocked,
            };
        }
    }

    private static int IndexOf(JsonElement prompt) =>
        prompt.ValueKind == JsonValueKind.Object && prompt.TryGetProperty("prompt_index", out JsonElement place) && place.ValueKind == JsonValueKind.Number && place.TryGetInt32(out int index) ? index : 0;

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
