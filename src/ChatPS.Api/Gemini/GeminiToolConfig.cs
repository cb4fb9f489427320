using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Which functions are called.</summary>
public sealed class GeminiToolConfig : WireObject
{
    /// <summary>Which functions are called.</summary>
    public GeminiFunctionCallingConfig? FunctionCallingConfig { get; set; }
}
