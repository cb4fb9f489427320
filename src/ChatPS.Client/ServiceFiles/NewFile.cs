namespace ChatPS.Client.ServiceFiles;

/// <summary>A file that is to be kept by a service.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Name">The name that it is to go by at the service.</param>
public sealed record NewFile(string Path, string Name)
{
    /// <summary>What it is for, in the service's word; null for the service's own choice.</summary>
    public string? Purpose { get; init; }

    /// <summary>What it holds, such as <c>application/pdf</c>; null to go by its name.</summary>
    public string? MediaType { get; init; }

    /// <summary>How long the service keeps it; null for its own choice.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>The pipeline item that it was made from.</summary>
    public object? Input { get; init; }

    /// <summary>Hears how many bytes have gone, and of how many; null for nobody. Called on any thread.</summary>
    public Action<long, long>? Sent { get; init; }
}
