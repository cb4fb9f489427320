using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>Code that the service runs.</summary>
public sealed class GeminiExecutableCode : WireObject
{
    /// <summary>The id of the run, where the service gives one.</summary>
    public string? Id { get; set; }

    /// <summary>The language, such as <c>PYTHON</c>.</summary>
    public string? Language { get; set; }

    /// <summary>The code.</summary>
    public string? Code { get; set; }
}
