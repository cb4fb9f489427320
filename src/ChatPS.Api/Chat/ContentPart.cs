using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>One part of a content.</summary>
public sealed class ContentPart : WireObject
{
    /// <summary><c>text</c>, <c>image_url</c>, <c>input_audio</c>, <c>file</c> or <c>refusal</c>; it tells which of the other members counts.</summary>
    public string? Type { get; set; }

    /// <summary>A text.</summary>
    public string? Text { get; set; }

    /// <summary>An image.</summary>
    public ImageUrl? ImageUrl { get; set; }

    /// <summary>A sound.</summary>
    public InputAudio? InputAudio { get; set; }

    /// <summary>A file.</summary>
    public InputFile? File { get; set; }

    /// <summary>An assistant's refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>Marks the end of what the service should cache.</summary>
    public PromptCacheBreakpoint? PromptCacheBreakpoint { get; set; }
}
