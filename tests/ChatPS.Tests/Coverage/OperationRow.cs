namespace ChatPS.Tests;

/// <summary>How an operation of the official description is served, or why it is not.</summary>
/// <param name="Ids">The operations.</param>
/// <param name="Cmdlets">The cmdlets that send them; empty where they are not served.</param>
internal sealed record OperationRow(string[] Ids, params string[] Cmdlets)
{
    /// <summary>The method that sends it where its path comes with the call; null where the path tells.</summary>
    public string? By { get; init; }

    /// <summary>Why it is not served; null where it is.</summary>
    public string? Reason { get; init; }
}
