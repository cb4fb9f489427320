namespace ChatPS.Client.Resources;

/// <summary>Which resources are listed.</summary>
/// <param name="First">The most; null for all.</param>
public sealed record ResourceFilter(int? First = null)
{
    /// <summary>The id of what they lie in; empty where they stand by themselves.</summary>
    public string Parent { get; init; } = "";

    /// <summary>A group within that, such as a batch; null for all.</summary>
    public string? Group { get; init; }

    /// <summary><c>asc</c> or <c>desc</c> by the time they were made; null for the service's own order.</summary>
    public string? Order { get; init; }

    /// <summary>What the pipeline item was, for the objects.</summary>
    public object? Input { get; init; }

    /// <summary>Further fields of the query, by their names on the wire.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
