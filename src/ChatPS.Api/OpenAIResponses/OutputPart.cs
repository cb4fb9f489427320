using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>A part of a message, of reasoning, or of the output of a tool.</summary>
public sealed class OutputPart : WireObject
{
    /// <summary><c>output_text</c>, <c>refusal</c>, <c>summary_text</c>, <c>reasoning_text</c>, <c>input_text</c>, <c>input_image</c>, <c>input_file</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The text.</summary>
    public string? Text { get; set; }

    /// <summary>Why the model refused to answer.</summary>
    public string? Refusal { get; set; }

    /// <summary>What the text rests on.</summary>
    public IReadOnlyList<OutputAnnotation>? Annotations { get; set; }

    /// <summary>The probability of each token.</summary>
    public IReadOnlyList<TokenLogprob>? Logprobs { get; set; }

    /// <summary>The address of an image.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>How closely the model looks at an image.</summary>
    public string? Detail { get; set; }

    /// <summary>The id of a file.</summary>
    public string? FileId { get; set; }

    /// <summary>The name of a file.</summary>
    public string? Filename { get; set; }

    /// <summary>The bytes of a file, as a data address.</summary>
    public string? FileData { get; set; }

    /// <summary>Reads the parts of a message.</summary>
    /// <param name="content">A text, an array of parts, or nothing.</param>
    /// <returns>The parts; a text is one part.</returns>
    /// <exception cref="WireFormatException">It is neither.</exception>
    public static IReadOnlyList<OutputPart> Read(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => [new OutputPart { Type = "output_text", Text = JsonText.Read(text) }],
        { ValueKind: JsonValueKind.Array } parts => parts.As(OpenAIResponsesJsonContext.Default.IReadOnlyListOutputPart),
        _ => [],
    };
}
