using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A part of a turn: one of its members says what it is.</summary>
[Answer(nameof(FunctionCall), nameof(InlineData))]
public sealed class GeminiPart : WireObject
{
    /// <summary>Text, or a thought.</summary>
    public string? Text { get; set; }

    /// <summary>Whether the part is a thought of the model.</summary>
    public bool? Thought { get; set; }

    /// <summary>The signed thoughts behind the part, which go back as they came.</summary>
    public string? ThoughtSignature { get; set; }

    /// <summary>An image, a sound or a document.</summary>
    public GeminiBlob? InlineData { get; set; }

    /// <summary>The address of a file.</summary>
    public GeminiFileData? FileData { get; set; }

    /// <summary>A call of a function.</summary>
    public GeminiFunctionCall? FunctionCall { get; set; }

    /// <summary>What a function answered.</summary>
    public GeminiFunctionResponse? FunctionResponse { get; set; }

    /// <summary>Code that the service runs.</summary>
    public GeminiExecutableCode? ExecutableCode { get; set; }

    /// <summary>What the code gave.</summary>
    public GeminiCodeExecutionResult? CodeExecutionResult { get; set; }
}
