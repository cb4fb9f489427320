using ChatPS.Client.Checkpoints;

namespace ChatPS.Client.Embeddings;

/// <summary>A text of which the vector is wanted.</summary>
/// <param name="Text">The text.</param>
/// <param name="Input">The pipeline item that the result will carry as its input.</param>
/// <param name="Index">The place of <paramref name="Input"/> in the pipeline, from 0.</param>
public sealed record EmbeddingItem(string Text, object? Input, int Index)
{
    /// <summary>About how many tokens the text has.</summary>
    public int Tokens { get; } = EmbeddingService.EstimateTokens(Text);

    /// <summary>The item's place in a checkpoint; null without one.</summary>
    public CheckpointSlot? Slot { get; init; }
}
