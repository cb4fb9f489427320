using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>Something that code wrote.</summary>
public sealed class CodeOutput : WireObject
{
    /// <summary><c>logs</c> or <c>image</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The text.</summary>
    public string? Logs { get; set; }

    /// <summary>The address of an image.</summary>
    public string? Url { get; set; }
}
