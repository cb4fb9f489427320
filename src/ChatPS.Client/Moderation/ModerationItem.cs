using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Moderation;

/// <summary>Something to judge: a text, or parts of text and images that belong together.</summary>
public sealed record ModerationItem
{
    /// <summary>The text, if the item is nothing but text.</summary>
    public string? Text { get; init; }

    /// <summary>The parts, if there are images.</summary>
    public IReadOnlyList<ChatContent> Parts { get; init; } = [];

    /// <summary>The pipeline item that the result will carry as its input.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The item's place in a checkpoint; null without one.</summary>
    public CheckpointSlot? Slot { get; init; }
}
