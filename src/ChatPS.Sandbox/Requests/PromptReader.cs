using System.Text.Json;

namespace ChatPS.Sandbox.Requests;

/// <summary>Finds what a request asks, without complaint about its form.</summary>
internal static class PromptReader
{
    public static string? ReadModel(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String
            ? model.GetString()
            : null;

    public static bool ReadStream(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True;

    public static string? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if ((root.TryGetProperty("messages", out JsonElement messages) || root.TryGetProperty("input", out messages))
            && messages.ValueKind == JsonValueKind.Array && messages.EnumerateArray().LastOrDefault(IsUser) is { ValueKind: JsonValueKind.Object } last)
        {
            return last.TryGetProperty("content", out JsonElement content) ? Text(content) : null;
        }

        return root.TryGetProperty("prompt", out JsonElement prompt) || root.TryGetProperty("input", out prompt) || root.TryGetProperty("state", out prompt) ? Text(prompt) : null;
    }

    public static bool IsUser(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("role", out JsonElement role)
        && role.ValueKind == JsonValueKind.String
        && role.ValueEquals("user"u8);

    /// <summary>The text of a string, an array of strings, or an array of parts of which some are texts.</summary>
    public static string? Text(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Object:
                return element.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
            case JsonValueKind.Array:
                List<string> texts = element.EnumerateArray().Select(Text).OfType<string>().ToList();
                return texts.Count == 0 ? null : string.Join("\n", texts);
            default:
                return null;
        }
    }
}
