namespace ChatPS;

/// <summary>A text whose vector is near to what was searched for.</summary>
public sealed class ChatSimilarText
{
    /// <summary>How near it is, by the metric of the search: a cosine or a dot product, of which more is nearer, or a distance, of which less is.</summary>
    public double Score { get; init; }

    /// <summary>Its place among those that were found for the query, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>What was searched for; null where that was a vector without a text.</summary>
    public string? Query { get; init; }

    /// <summary>Which of the queries it was found for, from 0.</summary>
    public int QueryIndex { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The file that the text comes from; null where that is not known.</summary>
    public string? Source { get; init; }

    /// <summary>The line there that it begins in, from 1; null where that is not known.</summary>
    public int? Line { get; init; }

    /// <summary>The headings that it stands below; null where there is none.</summary>
    public string? Heading { get; init; }

    /// <summary>What the text was made from: the pipeline item, or what the file keeps of it.</summary>
    public object? Input { get; init; }

    /// <summary>The place of its vector: in the file, or in the pipeline, from 0.</summary>
    public long Index { get; init; }

    /// <summary>The file of vectors that it was found in; null for one from the pipeline.</summary>
    public string? Path { get; init; }

    /// <summary>The model that made the vectors; null where that is not known.</summary>
    public string? Model { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
