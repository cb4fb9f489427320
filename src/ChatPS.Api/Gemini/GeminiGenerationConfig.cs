using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>How an answer is made.</summary>
public sealed class GeminiGenerationConfig : WireObject
{
    /// <summary>How much the answers vary.</summary>
    public double? Temperature { get; set; }

    /// <summary>The share of probable tokens to choose from.</summary>
    public double? TopP { get; set; }

    /// <summary>How many of the likeliest tokens to choose from.</summary>
    public int? TopK { get; set; }

    /// <summary>How many answers to make.</summary>
    public int? CandidateCount { get; set; }

    /// <summary>The most tokens of an answer, thoughts included.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string>? StopSequences { get; set; }

    /// <summary>How much to avoid what was said.</summary>
    public double? PresencePenalty { get; set; }

    /// <summary>How much to avoid what was said often.</summary>
    public double? FrequencyPenalty { get; set; }

    /// <summary>The seed of the choice of tokens.</summary>
    public long? Seed { get; set; }

    /// <summary>Whether to tell the probability of each token.</summary>
    public bool? ResponseLogprobs { get; set; }

    /// <summary>How many of the likeliest tokens to tell for each place.</summary>
    public int? Logprobs { get; set; }

    /// <summary>What the answer is: <c>text/plain</c> or <c>application/json</c>.</summary>
    public string? ResponseMimeType { get; set; }

    /// <summary>The JSON Schema of the answer.</summary>
    public JsonElement? ResponseJsonSchema { get; set; }

    /// <summary>What the answer is made of: <c>TEXT</c>, <c>IMAGE</c>, <c>AUDIO</c>.</summary>
    public IReadOnlyList<string>? ResponseModalities { get; set; }

    /// <summary>How much the model thinks.</summary>
    public GeminiThinkingConfig? ThinkingConfig { get; set; }
}
