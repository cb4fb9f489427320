namespace ChatPS;

/// <summary>What a moderation says of one input.</summary>
public sealed class ChatModeration
{
    /// <summary>Whether the input is harmful in any category.</summary>
    public bool Flagged { get; init; }

    /// <summary>The categories that hit.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>The score of each category, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>For each category the kinds of input, <c>text</c> or <c>image</c>, that its score rests on.</summary>
    public IReadOnlyDictionary<string, string[]> AppliedInputTypes { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Whether the service blocked the input; only the ChatGPT web form of the answer says so.</summary>
    public bool? Blocked { get; init; }

    /// <summary>The moderation's id in the ChatGPT web form of the answer.</summary>
    public string? ModerationId { get; init; }

    /// <summary>The model that judged.</summary>
    public string? Model { get; init; }

    /// <summary>The answer's id; inputs that travelled in one request share it.</summary>
    public string? Id { get; init; }

    /// <summary>The time that the request took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The pipeline item that was judged.</summary>
    public object? Input { get; init; }

    /// <summary>The JSON of this result as it came.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Flagged ? string.Join(", ", Categories) : "ok";
}
