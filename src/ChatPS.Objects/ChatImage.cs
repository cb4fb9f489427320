namespace ChatPS;

/// <summary>A picture that a model made.</summary>
public sealed class ChatImage : ChatMedia
{
    /// <summary>Makes a picture.</summary>
    public ChatImage() => Kind = "image";

    /// <summary>What was asked for.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What the service made of the prompt, where it tells.</summary>
    public string? RevisedPrompt { get; init; }

    /// <summary>How many pixels wide it is; null where only its address is known.</summary>
    public int? Width { get; set; }

    /// <summary>How many pixels high it is; null where only its address is known.</summary>
    public int? Height { get; set; }

    /// <summary>The number that makes the same picture of the same prompt, where the service tells.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the service takes the picture for harmless; null where it does not say. One that is not may have neither bytes nor address.</summary>
    public bool? IsSafe { get; init; }

    /// <summary>Whether the picture is a preview of one that is still being made.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Which preview it is, from 0; null for a finished picture.</summary>
    public int? PartialIndex { get; init; }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; init; }

    /// <summary>When the service made it, in UTC; null where it does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The background, as the service says: <c>transparent</c> or <c>opaque</c>.</summary>
    public string? Background { get; init; }

    /// <summary>The format, as the service says. <see cref="ChatMedia.MediaType"/> tells what it is.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>The quality, as the service says.</summary>
    public string? Quality { get; init; }

    /// <summary>The tokens of the request, with the first of its pictures; null for the others, and where the service does not tell.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>What the request cost, with the first of its pictures; null for the others, and without a price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the request took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The answer's JSON without the bytes of pictures, with the first of its pictures; empty for the others.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Path ?? Prompt;
}
