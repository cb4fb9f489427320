namespace ChatPS;

/// <summary>How well an item fits a query, by the judgement of a model.</summary>
public sealed class ChatRerankResult
{
    /// <summary>How well it fits: the more, the better. Scores of different models cannot be compared, and not all lie between 0 and 1.</summary>
    public double Score { get; init; }

    /// <summary>The item's place among all by its score, from 1.</summary>
    public int Rank { get; init; }

    /// <summary>The text that was judged.</summary>
    public string Text { get; init; } = "";

    /// <summary>The pipeline item that the text comes from.</summary>
    public object? Input { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The model that judged.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens of the request that the item travelled in; null where the service did not tell.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>The item's share of what the ranking cost: the same for all results, which together have cost the whole. Null where the model has no price, or the service did not tell what it took.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <inheritdoc />
    public override string ToString() => Text;
}
