using ChatPS.Api.Anthropic;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>How a model is to think, in the form that it takes: with a budget, or as it chooses itself. Where nothing is known of it, as it is asked for.</summary>
internal static class AnthropicThinking
{
    private const int LeastBudget = 1024;
    private const string Adaptive = "thinking.adaptive";
    private const string Enabled = "thinking.enabled";
    private const string Disabled = "thinking.disabled";

    /// <summary>Finds out whether a model takes no budget, and chooses itself how long to think.</summary>
    /// <param name="model">What is known of it.</param>
    /// <returns>Whether it does.</returns>
    public static bool ChoosesItself(ChatModel? model) => ModelAbility.Has(model, Enabled) == false && ModelAbility.Has(model, Adaptive) == true;

    /// <summary>Writes how the model is to think.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The member <c>thinking</c>; null for the service's own choice.</returns>
    /// <exception cref="ChatServiceException">The model does not think so; it says what is wrong.</exception>
    public static ThinkingConfig? Of(ChatRequest request)
    {
        string? display = Display(request.ReasoningSummary);
        switch (request.ThinkingBudget)
        {
            case 0:
                return Off(request, "-ThinkingBudget 0");
            case null when request.ReasoningEffort == "none":
                return Off(request, "-ReasoningEffort none");
            case null:
                return OfEffort(request, display);
            case < LeastBudget:
                throw Failures.Invalid(
                    FormattableString.Invariant($"-ThinkingBudget is {request.ThinkingBudget}; services of the dialect {AnthropicDialect.DialectName} take {LeastBudget} or more, or 0 for no thinking."),
                    "Give -ThinkingBudget such a value, or say with -ReasoningEffort how hard to think.");
            default:
                return ChoosesItself(request.Known) ? new ThinkingConfig { Type = "adaptive", Display = display }
                    : ModelAbility.Has(request.Known, Enabled) == false
                        ? throw Failures.Invalid($"-ThinkingBudget: the model '{request.Known!.Id}' takes no budget for thinking.", "Leave out -ThinkingBudget, or say with -ReasoningEffort how hard to think.")
                        : new ThinkingConfig { Type = "enabled", BudgetTokens = request.ThinkingBudget, Display = display };
        }
    }

    /// <summary>Finds how hard the model is to try.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The service's word; null for its own choice.</returns>
    /// <exception cref="ChatServiceException">The model knows no such effort.</exception>
    public static string? EffortOf(ChatRequest request) => request.ReasoningEffort switch
    {
        null or "none" => null,
        { } effort when ModelAbility.Has(request.Known, "effort." + effort) == false => throw Failures.Invalid(
            $"-ReasoningEffort {effort}: the model '{request.Known!.Id}' takes {string.Join(", ", ModelAbility.Of(request.Known, "effort"))}.", "Give one of these, or leave out -ReasoningEffort."),
        { } effort => effort,
    };

    private static ThinkingConfig Off(ChatRequest request, string parameter) => ModelAbility.Has(request.Known, Disabled) == false
        ? throw Failures.Invalid($"{parameter}: the model '{request.Known!.Id}' always thinks.", "Leave it out; -ReasoningEffort low keeps the thinking short.")
        : new ThinkingConfig { Type = "disabled" };

    // Whoever asks for effort means thinking, where the model has it and nothing else that is asked for speaks against it.
    private static ThinkingConfig? OfEffort(ChatRequest request, string? display)
    {
        bool? isAdaptive = ModelAbility.Has(request.Known, Adaptive);
        if (display is not null)
        {
            return isAdaptive == false
                ? throw Failures.Invalid($"-ReasoningSummary: the model '{request.Known!.Id}' thinks only with a budget.", "Give -ThinkingBudget as well.")
                : new ThinkingConfig { Type = "adaptive", Display = display };
        }

        return request.ReasoningEffort is not null && isAdaptive == true && !RulesOutThinking(request) ? new ThinkingConfig { Type = "adaptive" } : null;
    }

    private static bool RulesOutThinking(ChatRequest request) =>
        request.Temperature is not (null or 1) || request.TopP is not null || request.TopK is not null || request.ToolChoice is not (null or "auto" or "none");

    private static string? Display(string? summary) => summary switch
    {
        null => null,
        "auto" or "summarized" => "summarized",
        "none" or "omitted" => "omitted",
        _ => throw Failures.Invalid(
            $"-ReasoningSummary '{summary}': services of the dialect {AnthropicDialect.DialectName} tell thoughts in one way only, or not at all.", "Give auto or none."),
    };
}
