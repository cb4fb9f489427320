using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Decisions;

/// <summary>The answer in whichever form it comes. Cloudflare puts it into an envelope, as <c>result</c>.</summary>
public sealed class DecisionResponse : ApiResponseBody
{
    /// <summary>The answer's id; few services give one.</summary>
    public string? Id { get; set; }

    /// <summary>The model that answered; not all services say.</summary>
    public string? Model { get; set; }

    /// <summary>The answers: a list in the order of the questions, or an object by their names.</summary>
    public JsonElement? Answers { get; set; }

    /// <summary>Why there are none (Gemini).</summary>
    public JsonElement? PromptFeedback { get; set; }

    /// <summary>What it took, in any of four styles. In whatever form it comes, the answers stand.</summary>
    public JsonElement? Usage { get; set; }
}
