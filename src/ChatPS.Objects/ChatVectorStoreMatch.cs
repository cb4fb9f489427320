namespace ChatPS;

/// <summary>A piece of a document that a search found.</summary>
public sealed class ChatVectorStoreMatch
{
    /// <summary>Its place among what was found, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>How well it fits, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>The id of its file.</summary>
    public string FileId { get; init; } = "";

    /// <summary>The name of its file.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The attributes of its file.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>What was searched for.</summary>
    public string Query { get; init; } = "";

    /// <summary>The id of the store.</summary>
    public string VectorStoreId { get; init; } = "";

    /// <summary>The name of the connection that it was seen through.</summary>
    public string? Connection { get; init; }

    /// <summary>The pipeline item that it was made from; null if it was not made by this command.</summary>
    public object? Input { get; init; }

    /// <summary>The service's answer about it, as JSON.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Text;
}
