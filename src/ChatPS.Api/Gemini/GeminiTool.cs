using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Functions that the model may call. A tool of the service itself is a member of its name.</summary>
public sealed class GeminiTool : WireObject
{
    /// <summary>The functions.</summary>
    public IReadOnlyList<GeminiFunctionDeclaration>? FunctionDeclarations { get; set; }
}
