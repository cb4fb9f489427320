using ChatPS.Api.Gemini;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>How much a model is to think: as a level or as a budget, never both.</summary>
internal static class GeminiThinking
{
    /// <summary>Writes how much the model is to think.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The member <c>thinkingConfig</c>; null for the service's own choice.</returns>
    /// <exception cref="ChatServiceException">It cannot be said so; it says what is wrong.</exception>
    public static GeminiThinkingConfig? Of(ChatRequest request)
    {
        if (request.ThinkingBudget is not null && request.ReasoningEffort is not null)
        {
            throw Failures.Invalid("-ThinkingBudget and -ReasoningEffort say the same in two ways, and Gemini takes one of them.", "Leave out one of the two.");
        }

        if (request.ReasoningSummary is { } summary && summary is not ("auto" or "none"))
        {
            throw Failures.Invalid($"-ReasoningSummary: Gemini tells its thoughts in one way only, not '{summary}'.", "Use -ReasoningSummary auto.");
        }

        int? budget = request.ThinkingBudget ?? (request.ReasoningEffort == "none" ? 0 : request.NeedsBudget ? BudgetFor(request.ReasoningEffort) : null);
        string? level = budget is null ? LevelFor(request.ReasoningEffort) : null;
        if ((budget > 0 || level is not null) && DoesNotThink(request.Known))
        {
            throw Failures.Invalid(
                $"{(request.ThinkingBudget is null ? "-ReasoningEffort" : "-ThinkingBudget")}: the model '{request.Known!.Id}' does not think.", "Leave it out, or ask another model; Get-ChatModel shows in Capabilities what each can do.");
        }

        bool? tells = request.ReasoningSummary switch
        {
            "none" => false,
            null => budget > 0 || level is not null ? true : null,
            _ => true,
        };
        return budget is null && level is null && tells is null ? null : new GeminiThinkingConfig { ThinkingBudget = budget, ThinkingLevel = level, IncludeThoughts = tells };
    }

    // The list tells it of models that think, and of others that they do not, or nothing.
    private static bool DoesNotThink(ChatModel? model) =>
        model?.Capabilities is { } abilities && !abilities.Contains("thinking", StringComparer.Ordinal) && model.Raw.Contains("\"thinking\"", StringComparison.Ordinal);

    /// <summary>Finds the level for an effort. The highest one has another name elsewhere.</summary>
    /// <param name="effort">The effort; null for none.</param>
    /// <returns>The service's word; null for none.</returns>
    public static string? LevelFor(string? effort) => effort is "max" ? "XHIGH" : effort?.ToUpperInvariant();

    /// <summary>Finds the budget for an effort, as Google's own translation gives it to models that know no levels.</summary>
    /// <param name="effort">The effort; null for none.</param>
    /// <returns>How many tokens; null where the effort is none of the known.</returns>
    public static int? BudgetFor(string? effort) => effort switch
    {
        "minimal" or "low" => 1024,
        "medium" => 8192,
        "high" or "xhigh" or "max" => 24576,
        _ => null,
    };
}
