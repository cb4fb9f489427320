namespace ChatPS;

/// <summary>One part of a message.</summary>
public sealed class ChatContent
{
    /// <summary>What the part is: <c>text</c>, <c>image_url</c>, <c>input_audio</c>, <c>file</c> or <c>refusal</c>.</summary>
    public string Type { get; set; } = "text";

    /// <summary>The text of a <c>text</c> or <c>refusal</c> part.</summary>
    public string? Text { get; set; }

    /// <summary>The address of an image: <c>https:</c>, or <c>data:</c> with the image itself.</summary>
    public string? Url { get; set; }

    /// <summary>How closely the model looks at an image: <c>auto</c>, <c>low</c> or <c>high</c>.</summary>
    public string? Detail { get; set; }

    /// <summary>The bytes of audio (base64) or of a file (a <c>data:</c> address).</summary>
    public string? Data { get; set; }

    /// <summary>The format of audio: <c>wav</c> or <c>mp3</c>.</summary>
    public string? Format { get; set; }

    /// <summary>The id of a file that was uploaded before.</summary>
    public string? FileId { get; set; }

    /// <summary>The name of a file.</summary>
    public string? FileName { get; set; }

    /// <summary>Marks the end of what the service should cache of the prompt: <c>explicit</c>; null for no mark.</summary>
    public string? CacheBreakpoint { get; set; }

    /// <summary>Makes a part of text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The part.</returns>
    public static ChatContent FromText(string text) => new() { Text = text };

    /// <inheritdoc />
    public override string ToString() => Text ?? $"[{Type}{(FileName is null ? "" : " " + FileName)}]";
}
