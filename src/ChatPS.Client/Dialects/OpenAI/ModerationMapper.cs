using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Reads what the service found where <c>-Moderation</c> asked it to look at request and answer.</summary>
internal static class ModerationMapper
{
    /// <summary>Reads the results beside a chat completion, which has a list of them for each side.</summary>
    /// <param name="moderation">The results.</param>
    /// <returns>What was looked for; of a side that could not be looked at, an entry <c>error</c> with the code of its trouble.</returns>
    public static IEnumerable<ChatContentFilter> FromChat(Api.Chat.ChatModeration moderation) => OfSide(moderation.Input, "prompt").Concat(OfSide(moderation.Output, "answer"));

    /// <summary>Reads the results beside a response, which has one for each side.</summary>
    /// <param name="moderation">The results; null for none.</param>
    /// <returns>The same as of a chat completion.</returns>
    public static IEnumerable<ChatContentFilter> FromResponse(JsonElement? moderation) => moderation is not { ValueKind: JsonValueKind.Object } sides
        ? []
        : OfSide(sides.ObjectOf("input"), "prompt").Concat(OfSide(sides.ObjectOf("output"), "answer"));

    private static IEnumerable<ChatContentFilter> OfSide(ChatModerationOutcome? side, string source) => side is null ? []
        : side.Type == "error" ? [Failed(source, side.Code)]
        : (side.Results ?? []).SelectMany((result, index) => (result?.Categories ?? []).Select(category =>
            Of(source, index, category.Key, category.Value == true, result!.CategoryScores is { } scores && scores.TryGetValue(category.Key, out double? score) ? score : null)));

    private static IEnumerable<ChatContentFilter> OfSide(JsonElement? side, string source) => side is not { } told ? []
        : told.TextOf("type") == "error" ? [Failed(source, told.TextOf("code"))]
        : told.ObjectOf("categories") is not { } categories ? []
        : categories.EnumerateObject().Where(category => JsonText.Name(category) is not null).Select(category =>
            Of(source, 0, category.Name, category.Value.ValueKind == JsonValueKind.True, told.ObjectOf("category_scores") is { } scores ? Number(scores, category.Name) : null));

    private static double? Number(JsonElement members, string name) =>
        members.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;

    private static ChatContentFilter Of(string source, int index, string category, bool isDetected, double? score) =>
        new() { Source = source, Index = index, Category = category, Detected = isDetected, Severity = score?.ToString("0.####", CultureInfo.InvariantCulture) };

    private static ChatContentFilter Failed(string source, string? code) => new() { Source = source, Category = "error", Severity = code };
}
