using ChatPS.Api.Wire;

namespace ChatPS.Api.Anthropic;

/// <summary>How many requests of a batch are at what.</summary>
public sealed class MessageBatchCounts : WireObject
{
    /// <summary>Those that are not done.</summary>
    public int? Processing { get; set; }

    /// <summary>Those that have an answer.</summary>
    public int? Succeeded { get; set; }

    /// <summary>Those that have failed.</summary>
    public int? Errored { get; set; }

    /// <summary>Those that were not run because the batch was stopped.</summary>
    public int? Canceled { get; set; }

    /// <summary>Those that were not run because its time ran out.</summary>
    public int? Expired { get; set; }
}
