using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Text;

/// <summary>The body of <c>POST /completions</c> (legacy text completion). What is null is not sent.</summary>
public sealed class CompletionRequest : ApiRequest
{
    // The prompt is what the user built from PowerShell objects: four forms, one of which is an array of arrays.

    /// <summary>The id of the model.</summary>
    public string? Model { get; set; }

    /// <summary>A text, an array of texts, an array of token ids, or an array of such arrays.</summary>
    public JsonElement? Prompt { get; set; }

    /// <summary>How many completions to generate on the server, of which the best <see cref="N"/> are returned, 0 to 20.</summary>
    public int? BestOf { get; set; }

    /// <summary>Whether the answer begins with the prompt.</summary>
    public bool? Echo { get; set; }

    /// <summary>How much to avoid what was said often, -2 to 2.</summary>
    public double? FrequencyPenalty { get; set; }

    /// <summary>The bias of tokens, by token id, -100 to 100.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; set; }

    /// <summary>How many likely tokens to return at each position, 0 to 5.</summary>
    public int? Logprobs { get; set; }

    /// <summary>The most tokens to generate; the service's default is 16.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>How many completions to return for each prompt, 1 to 128.</summary>
    public int? N { get; set; }

    /// <summary>How much to avoid what was said at all, -2 to 2.</summary>
    public double? PresencePenalty { get; set; }

    /// <summary>A number for answers that repeat as far as possible.</summary>
    public long? Seed { get; set; }

    /// <summary>Up to four texts that end the answer.</summary>
    public IReadOnlyList<string>? Stop { get; set; }

    /// <summary>Whether the answer arrives as server-sent events.</summary>
    public bool? Stream { get; set; }

    /// <summary>Options of a streamed answer.</summary>
    public StreamOptions? StreamOptions { get; set; }

    /// <summary>The text that follows the completion.</summary>
    public string? Suffix { get; set; }

    /// <summary>Randomness, 0 to 2.</summary>
    public double? Temperature { get; set; }

    /// <summary>The probability mass to sample from, 0 to 1.</summary>
    public double? TopP { get; set; }

    /// <summary>A stable, anonymous id of the end user.</summary>
    public string? User { get; set; }
}
