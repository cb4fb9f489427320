using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>Finds what is known of the model that a request is for, and says what becomes of parameters on the way there.</summary>
internal static class AnthropicModels
{
    /// <summary>Looks the model up where its abilities decide how the request is written.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">The request.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The request with what is known.</returns>
    public static async Task<ChatRequest> LookAsync(ServiceConnection connection, ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        if (request is { ThinkingBudget: null, ReasoningEffort: null, ReasoningSummary: null })
        {
            return request;
        }

        string id = connection.ModelFor(request.Model);
        ChatModel? model = await connection.Service(static connection => new ModelLook(connection)).AtAsync(id, settings, cancellationToken);
        if (request.ThinkingBudget > 0 && AnthropicThinking.ChoosesItself(model))
        {
            WarnedOnce.Tell(
                connection, settings, $"-ThinkingBudget: the model '{id}' takes no budget and chooses itself how long to think, so the number is left out. -ReasoningEffort says how hard to think.");
        }

        return request with { Known = model };
    }
}
