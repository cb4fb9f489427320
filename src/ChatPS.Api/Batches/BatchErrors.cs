using ChatPS.Api.Wire;

namespace ChatPS.Api.Batches;

/// <summary>Why a batch failed as a whole.</summary>
public sealed class BatchErrors : WireObject
{
    /// <summary><c>list</c>.</summary>
    public string? Object { get; set; }

    /// <summary>The reasons.</summary>
    public IReadOnlyList<BatchError>? Data { get; set; }
}
