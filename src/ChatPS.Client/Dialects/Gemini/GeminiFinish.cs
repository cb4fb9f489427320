using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>What the reasons mean for which Gemini ends an answer.</summary>
internal static class GeminiFinish
{
    /// <summary>The service pauses, and gives a token to go on with.</summary>
    public const string Paused = "CONTINUATION";

    // Why an answer that says nothing is none, and what to do about it.
    private static readonly (string Reason, string Why, string Advice)[] Failures =
    [
        ("MALFORMED_FUNCTION_CALL", "the model called a tool with arguments that are no JSON", "Ask again, with fewer tools or simpler parameters of them; -Temperature 0 helps as well."),
        ("UNEXPECTED_TOOL_CALL", "the model called a tool that it was not given", "Give the tool with -Tool, or say in -System that there is none."),
        ("TOO_MANY_TOOL_CALLS", "the model went on calling tools", "Ask for less at once, or say in -System when to stop."),
        ("MISSING_THOUGHT_SIGNATURE", "the conversation lacks the signed thoughts of an earlier answer", "Send the Messages of the answer as they are: their Raw holds the signatures. Messages that were written anew or shortened lose them."),
        ("MALFORMED_RESPONSE", "the model wrote what the service could not read", "Ask again."),
        ("NO_IMAGE", "the model made no picture", "Ask for a picture in words, or leave out -Modality image."),
        ("IMAGE_OTHER", "the picture could not be made", "Ask again, or in other words."),
        ("LANGUAGE", "the model does not know the language", "Ask in another language, or another model."),
        ("OTHER", "the service does not say why", "Ask again, or in other words."),
    ];

    /// <summary>Finds the common word for a reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="callsTools">Whether the answer calls tools.</param>
    /// <returns>The word; the reason's own in lower case where there is none.</returns>
    public static string ToWord(string reason, bool callsTools) => reason switch
    {
        "STOP" => callsTools ? "tool_calls" : "stop",
        "MAX_TOKENS" => "length",
        "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MODEL_ARMOR" or "ESCALATION" or "PUP_LIMITED_DISABLED"
            or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => "content_filter",
        _ => reason.ToLowerInvariant(),
    };

    /// <summary>Finds out whether answers say nothing because something went wrong.</summary>
    /// <param name="candidates">The answers.</param>
    /// <returns>What went wrong; null where there is anything to read, or the reason is none of failure.</returns>
    public static ApiError? Failure(IReadOnlyList<GeminiCandidate> candidates)
    {
        if (candidates.Any(candidate => candidate.Content?.Parts is { Count: > 0 } parts && parts.Any(part => part is not { Thought: true } and not { Text: "" })))
        {
            return null;
        }

        // With a content, even an empty one, a botched call is an answer of the model, and its finish reason says what it is.
        GeminiCandidate first = candidates[0];
        if (first is { FinishReason: "MALFORMED_FUNCTION_CALL", Content: not null })
        {
            return null;
        }

        (string reason, string why, _) = Find(first.FinishReason);
        return reason is null ? null : new ApiError($"The answer is empty ({reason}): {(first.FinishMessage is { Length: > 0 } said ? said : why)}.", code: reason);
    }

    /// <summary>Tells what to do about a failure.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>The advice; null where there is no special one.</returns>
    public static string? Advise(string? reason) => Find(reason).Advice;

    private static (string Reason, string Why, string Advice) Find(string? reason) => Array.Find(Failures, failure => failure.Reason == reason);
}
