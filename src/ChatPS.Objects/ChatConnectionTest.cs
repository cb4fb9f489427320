namespace ChatPS;

/// <summary>What a test of a connection found.</summary>
public sealed class ChatConnectionTest
{
    /// <summary>The connection's name.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The address that was asked.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>Whether something answered.</summary>
    public bool Reachable { get; init; }

    /// <summary>Whether the service took the key; null where that could not be found out.</summary>
    public bool? Authenticated { get; init; }

    /// <summary>The time until the answer, on a connection that was open already.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The number of models that the service lists.</summary>
    public int? ModelCount { get; init; }

    /// <summary>The error that stopped the test, as in the error ids of the other commands.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What went wrong and what to do, in words.</summary>
    public string? Message { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether requests will work: reachable and not refused.</summary>
    public bool Success => Reachable && Authenticated != false && ErrorId is null;

    /// <inheritdoc />
    public override string ToString() => Success ? "ok" : ErrorId ?? "failed";
}
