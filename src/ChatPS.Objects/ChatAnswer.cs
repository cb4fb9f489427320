namespace ChatPS;

/// <summary>What every answer of a service has in common.</summary>
public abstract class ChatAnswer
{
    /// <summary>The text of the first choice; empty where the answer has none, such as a call of tools.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why the first choice ended: <c>stop</c> (whole), <c>length</c> (cut), <c>tool_calls</c>, <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens that the request used; null where the service did not say.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>What the request cost, in the currency of the price table; null without a price, or where the service did not tell the tokens.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The model that answered, as the service names it.</summary>
    public string? Model { get; init; }

    /// <summary>The model that was asked for; null where an answer was fetched that the service had kept.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>The models that were asked before, and failed; empty if the first one answered.</summary>
    public string[] FallbackFrom { get; init; } = [];

    /// <summary>The answer's id at the service.</summary>
    public string? Id { get; init; }

    /// <summary>When the service made the answer, in UTC.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The time from sending the request, retries and waits included, to the last byte of the answer.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The service's id of the request, for its support desk (header <c>x-request-id</c>).</summary>
    public string? RequestId { get; init; }

    /// <summary>The name of the connection that was used.</summary>
    public string? Connection { get; init; }

    /// <summary>The place of <see cref="Input"/> in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The pipeline item, or the prompt, that this answers.</summary>
    public object? Input { get; init; }

    /// <summary>The answer's JSON as it came; for a streamed answer one line for each event.</summary>
    public string Raw { get; init; } = "";

    /// <inheritdoc />
    public override string ToString() => Text;
}
