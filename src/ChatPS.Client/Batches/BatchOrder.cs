namespace ChatPS.Client.Batches;

/// <summary>A part of a batch, as a service is asked to work on it.</summary>
/// <param name="Name">Its name, which no other part has. Services that keep a name keep this one, so that the part is found again.</param>
/// <param name="Path">The full path of the file with its requests, a line each, as <see cref="IBatchEngine.Write"/> wrote them.</param>
/// <param name="Requests">How many requests it has.</param>
/// <param name="Kind">What they ask for.</param>
/// <param name="Model">The model that all of them are for.</param>
internal sealed record BatchOrder(string Name, string Path, int Requests, ChatBatchKind Kind, string Model)
{
    /// <summary>The id of the uploaded file; null before, or where the service takes the requests themselves.</summary>
    public string? FileId { get; init; }

    /// <summary>When it was first asked for, in UTC; null if it never was.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>How long the service keeps what was uploaded and what it answers; null for its own choice.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>What the user wants the service to keep with it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Hears how many bytes have gone, and of how many; null for nobody. Called on any thread.</summary>
    public Action<long, long>? Sent { get; init; }
}
