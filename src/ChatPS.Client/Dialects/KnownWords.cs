using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Dialects;

/// <summary>Words that services define for parameters, and may add to. What is none of them may be a slip, or newer than this module.</summary>
public static class KnownWords
{
    /// <summary>Finds words that are none of the known. Where the service has no place for a parameter, the error that says so is enough.</summary>
    /// <param name="connection">The connection that the request goes to.</param>
    /// <param name="request">The request.</param>
    /// <returns>A warning for each.</returns>
    public static IReadOnlyList<string> Warnings(ServiceConnection connection, ChatRequest request)
    {
        ConnectionSettings settings = connection.Settings;
        if (ChatParameters.FirstRefused(request, ChatParameters.Except(settings.Dialect.Chat.Supported), settings.Unsupported) is not null)
        {
            return [];
        }

        List<string> warnings = [];
        Check(nameof(ChatRequest.ReasoningEffort), request.ReasoningEffort, ["none", "minimal", "low", "medium", "high", "xhigh", "max"]);
        Check(nameof(ChatRequest.Verbosity), request.Verbosity, ["low", "medium", "high"]);
        Check(nameof(ChatRequest.ServiceTier), request.ServiceTier, ["auto", "default", "flex", "scale", "priority", "fast"]);
        Check(nameof(ChatRequest.PromptCacheRetention), request.PromptCacheRetention, ["in_memory", "24h"]);
        return warnings;

        void Check(string property, string? value, string[] usual)
        {
            string[] words = settings.Dialect.WordsOf(property) ?? usual;
            if (value is not null && Array.IndexOf(words, value) < 0)
            {
                warnings.Add($"-{property}: '{value}' is none of the values known for {settings.ServiceNameWithin} ({string.Join(", ", words)}). Whether it is taken, the service decides.");
            }
        }
    }
}
