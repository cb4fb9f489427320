namespace ChatPS;

/// <summary>A call, as it stands in the log of a connection.</summary>
public sealed class ChatLogEntry
{
    /// <summary>When the call began, in UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Whose account made it.</summary>
    public string User { get; init; } = "";

    /// <summary>The machine that it was made on.</summary>
    public string Host { get; init; } = "";

    /// <summary>The number of the process that made it.</summary>
    public int ProcessId { get; init; }

    /// <summary>The name of the connection.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The address of the service, without any secret.</summary>
    public string Service { get; init; } = "";

    /// <summary>What was called there, such as <c>POST /v1/chat/completions</c>; null where nothing was sent.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The model that was asked; null where the call has none.</summary>
    public string? RequestedModel { get; init; }

    /// <summary>The model that answered, as the service names it.</summary>
    public string? Model { get; init; }

    /// <summary>The place in the pipeline, from 0, of the item that was asked about, or of the first of several.</summary>
    public int? Item { get; init; }

    /// <summary>How many items travelled in the request.</summary>
    public int ItemCount { get; init; } = 1;

    /// <summary>What was asked, with keys masked; null unless the log holds texts.</summary>
    public string? Prompt { get; init; }

    /// <summary>The SHA-256 of what was asked, as hexadecimal; null unless the log holds hashes.</summary>
    public string? PromptHash { get; init; }

    /// <summary>What was answered, with keys masked; null unless the log holds texts.</summary>
    public string? Answer { get; init; }

    /// <summary>The SHA-256 of what was answered, as hexadecimal; null unless the log holds hashes.</summary>
    public string? AnswerHash { get; init; }

    /// <summary>Tokens of the prompt; null where the service did not say.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Input tokens that came from the service's cache.</summary>
    public int? CachedTokens { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public int? OutputTokens { get; init; }

    /// <summary>All tokens, as the service counted them.</summary>
    public int? TotalTokens { get; init; }

    /// <summary>What the call cost, in the currency of the prices; null where that is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How long the call took, waits and retries included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many times it was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>How it ended: <c>Success</c>, <c>Failed</c> or <c>Cancelled</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The kind of failure; null where it did not fail.</summary>
    public string? ErrorId { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Time:u} {User} {Model ?? RequestedModel} {Outcome}");
}
