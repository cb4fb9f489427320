using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Errors;

/// <summary>What a gateway passes on of the error of the service behind it: it stands as text in <c>metadata.raw</c>.</summary>
internal static class UpstreamError
{
    /// <summary>Puts the words of the service behind after those of the gateway, which mostly say nothing.</summary>
    public static string? Join(string? message, JsonElement error)
    {
        if (!error.TryGetProperty("metadata", out var metadata)
            || metadata.ValueKind != JsonValueKind.Object
            || !metadata.TryGetProperty("raw", out var raw)
            || JsonText.Read(raw) is not { } text
            || !ApiError.TryParse(text, out var upstream))
        {
            return message;
        }

        return message is null ? upstream.Message : $"{message}: {upstream.Message}";
    }
}
