namespace ChatPS;

/// <summary>One result of a long generation: a picture, a film, a sound or a text, mostly as an address that is good for hours only.</summary>
public sealed class ChatGenerationResult : ChatMedia
{
    /// <summary>The id of the generation that made it.</summary>
    public string GenerationId { get; init; } = "";

    /// <summary>The service's own id of the result, such as that of a song; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>What the service calls it; null for nothing. It is shown, and never becomes the name of a file.</summary>
    public string? Title { get; init; }

    /// <summary>How long a film or a sound lasts, in seconds; null where the service does not tell.</summary>
    public double? Duration { get; init; }

    /// <summary>When its address was first seen, in UTC.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When the address stops working, in UTC, as far as the service tells; null where nobody knows: fetch it soon.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
