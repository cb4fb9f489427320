using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A function that the model may call.</summary>
public sealed class GeminiFunctionDeclaration : WireObject
{
    /// <summary>The function.</summary>
    public string? Name { get; set; }

    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>The JSON Schema of its parameters; null for none.</summary>
    public JsonElement? ParametersJsonSchema { get; set; }
}
