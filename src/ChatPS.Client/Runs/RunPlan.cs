using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Runs;

/// <summary>What a run of many requests keeps to, beyond what each call does.</summary>
public sealed class RunPlan
{
    /// <summary>Each request for itself.</summary>
    public static readonly RunPlan None = new();

    /// <summary>Holds the answers that are there already, and takes the new ones; null for none.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>What the run may use; null for no limit.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Hears of every answer, as a checkpoint would keep it.</summary>
    internal Action<CheckpointRecord>? Answered { get; init; }

    /// <summary>The models to ask when the first one fails.</summary>
    public ModelFallback Fallback { get; init; } = ModelFallback.None;
}
