namespace ChatPS;

/// <summary>A conversation that goes on from one command to the next.</summary>
/// <remarks>An answer replaces <see cref="Messages"/> and <see cref="Usage"/> as a whole: who reads along on another thread sees the old or the new.</remarks>
public sealed class ChatSession
{
    /// <summary>Tells sessions apart for good.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString();

    /// <summary>A name for people. It need not be unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>The instructions that stand before the conversation; not among <see cref="Messages"/>.</summary>
    public string? System { get; set; }

    /// <summary>The model; null for that of the connection.</summary>
    public string? Model { get; set; }

    /// <summary>The name of the connection; null for the default one.</summary>
    public string? Connection { get; set; }

    /// <summary>What <c>Invoke-ChatCompletion</c> is given unless the command says otherwise, by the names of its parameters.</summary>
    public IDictionary<string, object?> Parameters { get; set; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tools that the model may call, as they were given.</summary>
    public object[] Tools { get; set; } = [];

    /// <summary>The most messages that are sent, instructions apart; the oldest go first. Null for no limit.</summary>
    public int? MaxMessage { get; set; }

    /// <summary>About how many tokens are sent at most; the oldest messages go first. Null for no limit.</summary>
    public int? MaxToken { get; set; }

    /// <summary>The conversation so far.</summary>
    public ChatMessage[] Messages { get; set; } = [];

    /// <summary>What the session's answers came to.</summary>
    public ChatSessionUsage Usage { get; set; } = new();

    /// <summary>When the session was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>When the last answer came, in UTC; null before the first.</summary>
    public DateTimeOffset? LastUsed { get; set; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Name} ({Messages.Length} messages)");
}
