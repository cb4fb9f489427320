using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Json;

/// <summary>Reads members of JSON that may be absent or of another kind.</summary>
internal static class JsonMembers
{
    public static string? TextOf(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.String) is { } text ? JsonText.Read(text) : null;

    public static JsonElement? ObjectOf(this JsonElement element, string name) => element.Member(name, JsonValueKind.Object);

    public static JsonElement? ArrayOf(this JsonElement element, string name) => element.Member(name, JsonValueKind.Array);

    public static JsonElement? Any(this JsonElement element, string name) => JsonText.Member(element, name);

    /// <summary>Reads JSON that may be something else.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value; null where the text is no JSON.</returns>
    public static JsonElement? TryParse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(this JsonElement element, string name, JsonValueKind kind) =>
        JsonText.Member(element, name) is { } value && value.ValueKind == kind ? value : null;
}
