using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>What a function answered.</summary>
public sealed class GeminiFunctionResponse : WireObject
{
    /// <summary>The id of the call, where the service gave one.</summary>
    public string? Id { get; set; }

    /// <summary>The function.</summary>
    public string? Name { get; set; }

    /// <summary>The answer, an object.</summary>
    public JsonElement? Response { get; set; }

    /// <summary>Images and documents of the answer.</summary>
    public IReadOnlyList<GeminiPart>? Parts { get; set; }
}
