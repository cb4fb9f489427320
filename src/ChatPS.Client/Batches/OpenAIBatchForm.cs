namespace ChatPS.Client.Batches;

/// <summary>In what services differ that have OpenAI's batches.</summary>
/// <param name="Kinds">What they take batches of.</param>
internal sealed record OpenAIBatchForm(IReadOnlyList<ChatBatchKind> Kinds)
{
    /// <summary>Gets what stands before the endpoint that a job is started for; each line has <c>/v1</c>.</summary>
    public string JobPrefix { get; init; } = "/v1";

    /// <summary>Gets the shortest time that files can be kept.</summary>
    public TimeSpan LeastKept { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets the longest time that files can be kept.</summary>
    public TimeSpan MostKept { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets whether a job ends when its time runs out.</summary>
    public bool Expires { get; init; } = true;

    /// <summary>Gets the shortest pause between two looks at a job.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the first pause between two looks at a file that the service still takes in.</summary>
    public TimeSpan FilePause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The endpoint of a kind, without its version.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <returns>The path.</returns>
    public static string Endpoint(ChatBatchKind kind) => kind switch
    {
        ChatBatchKind.Chat => "/chat/completions",
        ChatBatchKind.Response => "/responses",
        ChatBatchKind.TextCompletion => "/completions",
        ChatBatchKind.Embedding => "/embeddings",
        ChatBatchKind.Moderation => "/moderations",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It has no endpoint."),
    };
}
