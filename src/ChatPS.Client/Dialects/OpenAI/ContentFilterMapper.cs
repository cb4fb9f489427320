using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
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
            ? prompts.EnumerateArray().SelectMany(prompt => FilterResults.Read(prompt.ObjectOf("content_filter_results"), "prompt", IndexOf(prompt)))
            : [];

    /// <summary>Reads the results that stand in a choice.</summary>
    /// <param name="members">The members of the choice that no other property holds.</param>
    /// <param name="index">The place of the choice.</param>
    /// <returns>What was found in the answer.</returns>
    public static IEnumerable<ChatContentFilter> OfChoice(Dictionary<string, JsonElement>? members, int index) =>
        members is not null && members.TryGetValue("content_filter_results", out JsonElement results) ? FilterResults.Read(results, "answer", index) : [];

    /// <summary>Puts the results of a stream together: later ones of a kind take the place of earlier ones.</summary>
    /// <param name="filters">All results in the order in which they came.</param>
    /// <returns>The last of each kind.</returns>
    public static IReadOnlyList<ChatContentFilter> Latest(IEnumerable<ChatContentFilter> filters) =>
        [.. filters.GroupBy(filter => (filter.Source, filter.Index, filter.Category)).Select(group => group.Last())];

    private static int IndexOf(JsonElement prompt) =>
        JsonText.Member(prompt, "prompt_index") is { ValueKind: JsonValueKind.Number } place && place.TryGetInt32(out int index) ? index : 0;
}
