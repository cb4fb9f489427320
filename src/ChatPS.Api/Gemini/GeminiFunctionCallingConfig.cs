using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Which functions are called.</summary>
public sealed class GeminiFunctionCallingConfig : WireObject
{
    /// <summary><c>AUTO</c>, <c>ANY</c> or <c>NONE</c>.</summary>
    public string? Mode { get; set; }

    /// <summary>The functions to choose from; null for all.</summary>
    public IReadOnlyList<string>? AllowedFunctionNames { get; set; }
}
