using ChatPS.Client.Checkpoints;
using ChatPS.Client.Runs;

namespace ChatPS.Client.Images;

/// <summary>What a run of many pictures keeps to.</summary>
public sealed class ImageRun
{
    /// <summary>The item's place in a checkpoint; null for none.</summary>
    public CheckpointSlot? Slot { get; init; }

    /// <summary>What the run may use; null for no limit.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Saves a finished picture, and tells whether it could; null where pictures are not saved.</summary>
    public Func<ChatImage, Task<bool>>? Keep { get; init; }
}
