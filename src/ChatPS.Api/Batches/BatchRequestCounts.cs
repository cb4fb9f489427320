using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>How many requests a batch has, and how far they are.</summary>
public sealed class BatchRequestCounts : WireObject
{
    /// <summary>How many there are.</summary>
    public int? Total { get; set; }

    /// <summary>How many have been answered.</summary>
    public int? Completed { get; set; }

    /// <summary>How many have failed.</summary>
    public int? Failed { get; set; }
}
