namespace ChatPS;

/// <summary>The vector of a text: texts of like meaning have vectors that point alike.</summary>
public sealed class ChatEmbedding
{
    /// <summary>The numbers. Vectors of different models, or of different lengths, cannot be compared. Not all services give vectors of length 1.</summary>
    public float[] Vector { get; init; } = [];

    /// <summary>How many numbers <see cref="Vector"/> has.</summary>
    public int Dimension => Vector.Length;

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The pipeline item that the text comes from.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The model, as the service names it.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens of the text: an estimate where it travelled with others, since services tell those of the whole request; null for a vector that was read from a file.</summary>
    public int? Tokens { get; init; }

    /// <summary>What the text cost, by its share of the request; null where the model has no price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How long the request took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
