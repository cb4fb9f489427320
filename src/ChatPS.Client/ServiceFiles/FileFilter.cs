namespace ChatPS.Client.ServiceFiles;

/// <summary>Which files of a service are listed.</summary>
/// <param name="First">The most files; null for all.</param>
public sealed record FileFilter(int? First = null)
{
    /// <summary>Only those for this purpose; null for all.</summary>
    public string? Purpose { get; init; }

    /// <summary><c>asc</c> or <c>desc</c> by the time they were made; null for the service's own order.</summary>
    public string? Order { get; init; }
}
