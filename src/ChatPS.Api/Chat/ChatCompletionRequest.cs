using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>The body of <c>POST /chat/completions</c>. What is null is not sent, and the service takes its default.</summary>
public sealed class ChatCompletionRequest : ApiRequest
{
    // The values typed JsonElement are what the user built from PowerShell objects; they go to the service as they are,
    // so that a form which a service adds needs no release of ours.

    /// <summary>The id of the model.</summary>
    public string? Model { get; set; }

    /// <summary>The conversation so far, oldest first.</summary>
    public IReadOnlyList<ChatRequestMessage>? Messages { get; set; }

    /// <summary>The form of spoken output: an object with <c>voice</c> and <c>format</c>.</summary>
    public JsonElement? Audio { get; set; }

    /// <summary>How much to avoid what was said often, -2 to 2.</summary>
    public double? FrequencyPenalty { get; set; }

    /// <summary>Deprecated, see <see cref="ToolChoice"/>: <c>none</c>, <c>auto</c> or an object with <c>name</c>.</summary>
    public JsonElement? FunctionCall { get; set; }

    /// <summary>Deprecated, see <see cref="Tools"/>: an array of function descriptions.</summary>
    public JsonElement? Functions { get; set; }

    /// <summary>The bias of tokens, by token id, -100 to 100.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; set; }

    /// <summary>Whether to return the log probability of each token.</summary>
    public bool? Logprobs { get; set; }

    /// <summary>The most tokens to generate, reasoning included.</summary>
    public int? MaxCompletionTokens { get; set; }

    /// <summary>The same, under the name that older services know.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>Up to 16 labels kept with a stored completion.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    /// <summary>The kinds of output: <c>text</c>, <c>audio</c>.</summary>
    public IReadOnlyList<string>? Modalities { get; set; }

    /// <summary>Moderation of input and output in the same call: an object with <c>model</c> and <c>policy</c>.</summary>
    public JsonElement? Moderation { get; set; }

    /// <summary>How many choices to generate, 1 to 128.</summary>
    public int? N { get; set; }

    /// <summary>Whether the model may call several tools at once.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>Text that the answer will largely repeat: an object with <c>type</c> and <c>content</c>.</summary>
    public JsonElement? Prediction { get; set; }

    /// <summary>How much to avoid what was said at all, -2 to 2.</summary>
    public double? PresencePenalty { get; set; }

    /// <summary>A key that groups requests with a common beginning.</summary>
    public string? PromptCacheKey { get; set; }

    /// <summary>How prompts are cached: an object with <c>ttl</c> and <c>mode</c>.</summary>
    public JsonElement? PromptCacheOptions { get; set; }

    /// <summary>Deprecated, see <see cref="PromptCacheOptions"/>: <c>in_memory</c> or <c>24h</c>.</summary>
    public string? PromptCacheRetention { get; set; }

    /// <summary>How to think, for services that want an object: <c>effort</c>, or <c>max_tokens</c>, and more of their own.</summary>
    public JsonElement? Reasoning { get; set; }

    /// <summary>How long to think: <c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>xhigh</c>, <c>max</c>.</summary>
    public string? ReasoningEffort { get; set; }

    /// <summary>The form of the answer: an object with <c>type</c>, and <c>json_schema</c> with a schema.</summary>
    public JsonElement? ResponseFormat { get; set; }

    /// <summary>A stable, anonymous id of the end user, at most 64 characters.</summary>
    public string? SafetyIdentifier { get; set; }

    /// <summary>Deprecated: a number for answers that repeat as far as possible.</summary>
    public long? Seed { get; set; }

    /// <summary>The processing tier: <c>auto</c>, <c>default</c>, <c>flex</c>, <c>scale</c>, <c>priority</c>, <c>fast</c>.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>Up to four texts that end the answer.</summary>
    public IReadOnlyList<string>? Stop { get; set; }

    /// <summary>Whether the service keeps the completion.</summary>
    public bool? Store { get; set; }

    /// <summary>Whether the answer arrives as server-sent events.</summary>
    public bool? Stream { get; set; }

    /// <summary>Options of a streamed answer.</summary>
    public StreamOptions? StreamOptions { get; set; }

    /// <summary>Randomness, 0 to 2.</summary>
    public double? Temperature { get; set; }

    /// <summary>Whether to think at all, for services that want an object: <c>type</c> is <c>enabled</c> or <c>disabled</c>.</summary>
    public JsonElement? Thinking { get; set; }

    /// <summary><c>none</c>, <c>auto</c>, <c>required</c>, or an object that names tools.</summary>
    public JsonElement? ToolChoice { get; set; }

    /// <summary>The tools that the model may call: an array of objects.</summary>
    public JsonElement? Tools { get; set; }

    /// <summary>How many likely tokens to return at each position, 0 to 20.</summary>
    public int? TopLogprobs { get; set; }

    /// <summary>The probability mass to sample from, 0 to 1.</summary>
    public double? TopP { get; set; }

    /// <summary>How many of the likeliest tokens to choose from: not OpenAI's, but known to many of its relatives.</summary>
    public int? TopK { get; set; }

    /// <summary>Deprecated, see <see cref="SafetyIdentifier"/> and <see cref="PromptCacheKey"/>.</summary>
    public string? User { get; set; }

    /// <summary>How wordy the answer is: <c>low</c>, <c>medium</c>, <c>high</c>.</summary>
    public string? Verbosity { get; set; }

    /// <summary>Search on the web: an object with <c>user_location</c> and <c>search_context_size</c>.</summary>
    public JsonElement? WebSearchOptions { get; set; }

    internal override IReadOnlyCollection<string> MergedMembers => ["reasoning", "prompt_cache_options"];
}
