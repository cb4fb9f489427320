using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A call of a function that the model asks for.</summary>
public sealed class GeminiFunctionCall : WireObject
{
    /// <summary>The id of the call, where the service gives one.</summary>
    public string? Id { get; set; }

    /// <summary>The function.</summary>
    public string? Name { get; set; }

    /// <summary>The arguments, an object.</summary>
    public JsonElement? Args { get; set; }
}
