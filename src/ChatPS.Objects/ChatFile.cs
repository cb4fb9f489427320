namespace ChatPS;

/// <summary>A file that a service keeps.</summary>
public sealed class ChatFile
{
    /// <summary>The service's id of the file; at Gemini its name, such as <c>files/abc</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name that it goes by at the service.</summary>
    public string FileName { get; init; } = "";

    /// <summary>What it is for, such as <c>batch</c> or <c>user_data</c>; null where the service knows no purposes.</summary>
    public string? Purpose { get; init; }

    /// <summary>How many bytes it has; null where the service does not tell.</summary>
    public long? Bytes { get; init; }

    /// <summary>What it holds, such as <c>application/pdf</c>; null where the service does not tell.</summary>
    public string? MediaType { get; init; }

    /// <summary>When it was made, in UTC; null where the service does not tell.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the service deletes it, in UTC; null if it stays.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the service says of its state, such as <c>processed</c>; null where it says nothing.</summary>
    public string? Status { get; init; }

    /// <summary>Whether its content can be fetched again; null where the service does not tell.</summary>
    public bool? IsDownloadable { get; init; }

    /// <summary>The address that a request names it by, where that is not its id (Gemini); null otherwise.</summary>
    public string? Uri { get; init; }

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Id;
}
