using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

/// <summary>The body of <c>POST /responses</c>, and a part of it that of <c>POST /responses/input_tokens</c>. What is null is not sent, and the service takes its default.</summary>
public sealed class ResponseRequest : ApiRequest
{
    /// <summary>The id of the model.</summary>
    public string? Model { get; set; }

    /// <summary>What the model is to take in, oldest first: messages, calls of tools and their outputs, items of earlier answers.</summary>
    public IReadOnlyList<JsonElement>? Input { get; set; }

    /// <summary>What stands before the input; not carried over to the next response.</summary>
    public string? Instructions { get; set; }

    /// <summary>The response to go on from.</summary>
    public string? PreviousResponseId { get; set; }

    /// <summary>The id of the conversation that the response belongs to.</summary>
    public string? Conversation { get; set; }

    /// <summary>Whether the service answers at once and works on.</summary>
    public bool? Background { get; set; }

    /// <summary>What the answer is to tell besides, such as <c>message.output_text.logprobs</c>.</summary>
    public IReadOnlyList<string>? Include { get; set; }

    /// <summary>The most tokens to generate, reasoning included.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Up to 16 labels kept with the response.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    /// <summary>Moderation of input and output in the same call.</summary>
    public JsonElement? Moderation { get; set; }

    /// <summary>Whether the model may call several tools at once.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>A key that groups requests with a common beginning.</summary>
    public string? PromptCacheKey { get; set; }

    /// <summary>How prompts are cached: an object with <c>ttl</c> and <c>mode</c>.</summary>
    public JsonElement? PromptCacheOptions { get; set; }

    /// <summary>Deprecated, see <see cref="PromptCacheOptions"/>: <c>in_memory</c> or <c>24h</c>.</summary>
    public string? PromptCacheRetention { get; set; }

    /// <summary>How the model thinks, and what it tells of it.</summary>
    public ReasoningOptions? Reasoning { get; set; }

    /// <summary>A stable, anonymous id of the end user, at most 64 characters.</summary>
    public string? SafetyIdentifier { get; set; }

    /// <summary>The processing tier: <c>auto</c>, <c>default</c>, <c>flex</c>, <c>scale</c>, <c>priority</c>, <c>fast</c>, <c>ultrafast</c>.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>Whether the service keeps the response; it does unless told otherwise.</summary>
    public bool? Store { get; set; }

    /// <summary>Whether the answer arrives as server-sent events.</summary>
    public bool? Stream { get; set; }

    /// <summary>Options of a streamed answer.</summary>
    public StreamOptions? StreamOptions { get; set; }

    /// <summary>Randomness, 0 to 2.</summary>
    public double? Temperature { get; set; }

    /// <summary>The form and the length of the text.</summary>
    public TextOptions? Text { get; set; }

    /// <summary><c>none</c>, <c>auto</c>, <c>required</c>, or an object that names tools.</summary>
    public JsonElement? ToolChoice { get; set; }

    /// <summary>The tools that the model may call, those of the service among them.</summary>
    public IReadOnlyList<JsonElement>? Tools { get; set; }

    /// <summary>How many likely tokens to return at each position, 0 to 20.</summary>
    public int? TopLogprobs { get; set; }

    /// <summary>The probability mass to sample from, 0 to 1.</summary>
    public double? TopP { get; set; }

    /// <summary>Deprecated, see <see cref="SafetyIdentifier"/> and <see cref="PromptCacheKey"/>.</summary>
    public string? User { get; set; }

    internal override IReadOnlyCollection<string> MergedMembers => ["reasoning", "text", "prompt_cache_options"];
}
