using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Chat;

/// <summary>
/// A chat request in plain terms. Values typed <see cref="object"/> are plain dictionaries, lists and values in the service's
/// own form; the engine writes their JSON. A null is not sent. Meanings and limits: OpenAI's description of
/// <c>POST /chat/completions</c>.
/// </summary>
public sealed record ChatRequest : GenerationRequest
{
    /// <summary>The conversation so far.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>The most tokens of an answer, reasoning included.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary>Whether to tell the probability of each token.</summary>
    public bool? LogProbs { get; init; }

    /// <summary>How many of the likeliest tokens to tell for each place, 0 to 20.</summary>
    public int? TopLogProbs { get; init; }

    /// <summary>The form of the answer.</summary>
    public object? ResponseFormat { get; init; }

    /// <summary>The tools that the model may call.</summary>
    public object? Tools { get; init; }

    /// <summary>Which tool to call, if any.</summary>
    public object? ToolChoice { get; init; }

    /// <summary>Whether the model may call several tools at once.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The old form of <see cref="Tools"/>.</summary>
    public object? Functions { get; init; }

    /// <summary>The old form of <see cref="ToolChoice"/>.</summary>
    public object? FunctionCall { get; init; }

    /// <summary>How much the model thinks.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>What to tell of the model's reasoning: <c>auto</c>, <c>concise</c>, <c>detailed</c>.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>The most tokens that the model may think for.</summary>
    public int? ThinkingBudget { get; init; }

    /// <summary>How many of the likeliest tokens to choose from.</summary>
    public int? TopK { get; init; }

    /// <summary>Tools that the service itself runs: each a plain dictionary whose <c>type</c> names it.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> BuiltInTools { get; init; } = [];

    /// <summary>The answer to go on from, which the service keeps.</summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>The conversation to go on with, which the service keeps.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Whether the service works on the answer in the background.</summary>
    public bool Background { get; init; }

    /// <summary>How much the model says.</summary>
    public string? Verbosity { get; init; }

    /// <summary>What the answer is made of: <c>text</c>, <c>audio</c>.</summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>Voice and format of an audio answer.</summary>
    public object? Audio { get; init; }

    /// <summary>Gets the format of the sound that is asked for; null where the request names none.</summary>
    internal string? AudioFormat => (Audio as IReadOnlyDictionary<string, object?>)?.TryGetValue("format", out object? format) == true ? format as string : null;

    /// <summary>What the answer will mostly be, to speed it up.</summary>
    public object? Prediction { get; init; }

    /// <summary>Lets the model search the web.</summary>
    public object? WebSearchOptions { get; init; }

    /// <summary>Moderates request and answer on the way.</summary>
    public object? Moderation { get; init; }

    /// <summary>The tier of service to use.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Whether the service keeps the answer.</summary>
    public bool? Store { get; init; }

    /// <summary>Up to 16 notes that are kept with the answer.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Groups requests that share a prompt's beginning.</summary>
    public string? PromptCacheKey { get; init; }

    /// <summary>How long the prompt stays in the cache.</summary>
    public string? PromptCacheRetention { get; init; }

    /// <summary>How the prompt is cached.</summary>
    public object? PromptCacheOptions { get; init; }

    /// <summary>A hash that tells the service's end users apart.</summary>
    public string? SafetyIdentifier { get; init; }

    /// <summary>The form that the answer must have, instead of <see cref="ResponseFormat"/>; null for any.</summary>
    public OutputFormat? Output { get; init; }

    /// <summary>What the system message says besides; not part of the conversation afterwards.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets how the service is told how hard to think.</summary>
    internal ReasoningForm ReasoningForm { get; init; }

    /// <summary>Messages that follow the others; not part of the conversation afterwards.</summary>
    public IReadOnlyList<ChatMessage> Appendix { get; init; } = [];

    /// <summary>Gets what is known of the model that is asked; null for nothing.</summary>
    internal ChatModel? Known { get; init; }

    /// <summary>Gets whether the model is known to take a budget for thinking, and no level.</summary>
    internal bool NeedsBudget { get; init; }

    /// <summary>Gets which of the requests for its answer this one is, where the service may pause; null where it may not.</summary>
    internal AnswerRound? Round { get; init; }

    /// <summary>Gets what is sent: the messages with the instructions before and the appendix behind them.</summary>
    // Some servers take one system message only.
    internal IEnumerable<ChatMessage> AllMessages => (Instructions, Messages) switch
    {
        (null, _) => Messages.Concat(Appendix),
        ({ } instructions, [{ Role: "system" or "developer" } first, ..]) => [new ChatMessage(first.Role, $"{first.Text}\n\n{instructions}"), .. Messages.Skip(1), .. Appendix],
        ({ } instructions, _) => [new ChatMessage("system", instructions), .. Messages, .. Appendix],
    };

    /// <summary>Makes a request that goes on after an answer to this one.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The request; where the service keeps what goes before, it goes on from the answer.</returns>
    internal ChatRequest After(ChatCompletion answer) => PreviousResponseId is null ? this : this with { PreviousResponseId = answer.Id ?? PreviousResponseId };

    /// <summary>Finds what no service takes, before anything is sent.</summary>
    /// <exception cref="ChatServiceException">Something is wrong; it says what.</exception>
    internal void Validate()
    {
        ValidateParameters();
        if (Messages.Count == 0)
        {
            throw Failures.Invalid("There is no message to send.", "Give -Prompt or -Message.");
        }

        foreach (ChatMessage message in AllMessages)
        {
            if (!ChatRoles.Exists(message.Role))
            {
                throw Failures.Invalid($"The role '{message.Role}' does not exist.", "Use system, developer, user, assistant, tool or function.");
            }

            if (message.Role is ("user" or "system" or "developer") && message.IsEmpty())
            {
                throw Failures.Invalid($"A message of role '{message.Role}' is empty.", "Give it some text.");
            }
        }
    }

    /// <summary>Finds values that no service takes, before anything is sent.</summary>
    /// <exception cref="ChatServiceException">A value is out of range; it says which.</exception>
    public void ValidateParameters()
    {
        ValidateShared();
        ParameterRules.Range(TopLogProbs, 0, 20, "-TopLogProbs");
        ParameterRules.AtLeast(MaxTokens, 1, "-MaxTokens");
        ParameterRules.AtLeast(MaxCompletionTokens, 1, "-MaxCompletionTokens");
        ParameterRules.AtLeast(TopK, 1, "-TopK");
        ParameterRules.AtLeast(ThinkingBudget, 0, "-ThinkingBudget");
        ParameterRules.Metadata(Metadata);
        if (PreviousResponseId is not null && ConversationId is not null)
        {
            throw Failures.Invalid("-PreviousResponseId and -ConversationId were given together; each says what goes before.", "Leave out one of the two.");
        }
    }

    /// <summary>Makes one of the service's own tools of its name alone, which the dialect looks up.</summary>
    /// <param name="name">The name.</param>
    /// <returns>A tool for <see cref="BuiltInTools"/>.</returns>
    public static IReadOnlyDictionary<string, object?> BuiltInTool(string name) => new NamedTool(name);
}
