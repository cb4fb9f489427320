using ChatPS.Api.Errors;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>What to do about refusals that Anthropic words in the terms of its wire.</summary>
internal static class AnthropicAdvice
{
    private static readonly (string Member, string Parameter)[] Sampling = [("temperature", "-Temperature"), ("top_p", "-TopP"), ("top_k", "-TopK")];

    /// <summary>Tells what to do.</summary>
    /// <param name="error">What the service says.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The advice; null where there is no special one.</returns>
    public static string? For(ApiError error, ConnectionSettings connection)
    {
        string said = error.Message;
        foreach ((string member, string parameter) in Sampling)
        {
            if (Names(said, member) && (Holds(said, "not permitted") || Holds(said, "deprecated") || Holds(said, "not supported")))
            {
                return $"The model, or version {AnthropicVersion.Of(connection)} of the API, does not take {parameter}. {AnthropicVersion.Without(parameter)}";
            }
        }

        if (Holds(said, "effort") && !Holds(said, "thinking") && (Holds(said, "not support") || Holds(said, "unsupported")))
        {
            return "The model takes no effort: leave out -ReasoningEffort, or give -ThinkingBudget.";
        }

        return Holds(said, "thinking") && !Holds(said, "max_tokens") && (Holds(said, "adaptive") || Holds(said, "not support") || Holds(said, "unsupported"))
            ? "The model thinks in another way: leave out -ThinkingBudget, and say with -ReasoningEffort how hard to think, or the other way round."
            : null;
    }

    // As the first word, or in quotes: such a name is an ordinary word elsewhere.
    private static bool Names(string said, string member) => said.StartsWith(member, StringComparison.Ordinal) || Holds(said, $"`{member}`") || Holds(said, $".{member}:");

    private static bool Holds(string said, string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
}
