using System.Text.Json;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>The form and the length of an answer's text.</summary>
public sealed class TextOptions
{
    /// <summary>The form: an object with <c>type</c>, for <c>json_schema</c> with <c>name</c> and <c>schema</c> beside it.</summary>
    public JsonElement? Format { get; set; }

    /// <summary>How wordy the answer is: <c>low</c>, <c>medium</c>, <c>high</c>.</summary>
    public string? Verbosity { get; set; }
}
