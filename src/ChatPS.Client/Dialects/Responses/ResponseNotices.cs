using System.Text.Json;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>What a response tells beside the answer, and a user should know.</summary>
internal static class ResponseNotices
{
    /// <summary>Warns of it. An answer that was kept has been warned of before.</summary>
    /// <param name="response">The response.</param>
    /// <param name="answer">The answer in it.</param>
    /// <param name="origin">Where it comes from.</param>
    public static void Tell(Response response, ChatMessage answer, IAnswerOrigin origin)
    {
        if (origin is not CallContext { Settings.Warning: { } warn } call)
        {
            return;
        }

        if (answer is { Commentary: not null, Content.Count: 0, ToolCalls.Count: 0, Refusal: null } && response.Status is null or "completed")
        {
            warn("The model gave no final answer, only what it says on the way to one: see Commentary of the answer. Ask it to go on.");
        }

        if (response.InputTransformations is { } changes && Removed(changes) is { Count: > 0 } reasons)
        {
            string told = string.Join(", ", reasons.Distinct(StringComparer.Ordinal));
            warn(Redactor.Redact(FormattableString.Invariant($"The service left out reasoning that was sent back to it ({reasons.Count} of its items: {told}). The model goes on without it."), call.Secrets));
        }
    }

    private static List<string> Removed(JsonElement changes) => changes.ValueKind != JsonValueKind.Array
        ? []
        : [.. changes.EnumerateArray().Where(change => change.TextOf("action") == "removed").Select(change => change.TextOf("reason") ?? "it does not say why")];
}
