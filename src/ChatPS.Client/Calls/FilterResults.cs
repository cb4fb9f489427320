using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Calls;

/// <summary>Reads what a content filter found, in the forms that errors have it in.</summary>
internal static class FilterResults
{
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
                .. OfBlockedPrompt(document.RootElement),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Reads results by category, as Azure writes them.</summary>
    /// <param name="results">The object; null for none.</param>
    /// <param name="source">Where they were found.</param>
    /// <param name="index">The place of the prompt or the choice.</param>
    /// <returns>The results.</returns>
    public static IEnumerable<ChatContentFilter> Read(JsonElement? results, string source, int index)
    {
        if (results is not { ValueKind: JsonValueKind.Object } members)
        {
            yield break;
        }

        foreach (JsonProperty member in members.EnumerateObject())
        {
            // An "error" tells that the filter did not run.
            if (member.Value.ValueKind != JsonValueKind.Object || JsonText.Name(member) is not { } category || category == "error")
            {
                continue;
            }

            bool isBlocked = IsTrue(member.Value, "filtered");
            string? severity = member.Value.TextOf("severity");
            yield return new ChatContentFilter
            {
                Source = source,
                Index = index,
                Category = category,
                Severity = severity,
                Detected = isBlocked || IsTrue(member.Value, "detected") || severity is not (null or "safe"),
                Blocked = isBlocked,
            };
        }
    }

    /// <summary>Whether a rating of Google's says that something was found.</summary>
    /// <param name="probability">The rating.</param>
    /// <param name="isBlocked">Whether it led to a refusal.</param>
    /// <returns>Whether it did.</returns>
    public static bool IsDetected(string? probability, bool isBlocked) => isBlocked || probability is not (null or "NEGLIGIBLE" or "HARM_PROBABILITY_UNSPECIFIED");

    // Google tells of a refused prompt in an answer that is none.
    private static ChatContentFilter[] OfBlockedPrompt(JsonElement body) =>
        body.ObjectOf("promptFeedback")?.ArrayOf("safetyRatings") is not { } ratings ? [] :
    [
        .. ratings.EnumerateArray().Select(rating =>
        {
            bool isBlocked = rating.ValueKind == JsonValueKind.Object && IsTrue(rating, "blocked");
            return new ChatContentFilter
            {
                Source = "prompt",
                Index = 0,
                Category = rating.TextOf("category") ?? "",
                Severity = rating.TextOf("probability"),
                Detected = IsDetected(rating.TextOf("probability"), isBlocked),
                Blocked = isBlocked,
            };
        }),
    ];

    private static bool IsTrue(JsonElement element, string name) => JsonText.Member(element, name) is { ValueKind: JsonValueKind.True };
}
