using ChatPS.Api.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Tells services that want it otherwise than OpenAI how hard to think.</summary>
internal static class ReasoningMapper
{
    private const string Origin = "-ReasoningEffort";

    /// <summary>Gives a request the form that a service wants.</summary>
    /// <param name="body">The request as it goes to OpenAI.</param>
    /// <param name="form">The form.</param>
    /// <returns>The same request.</returns>
    public static ChatCompletionRequest Reform(ChatCompletionRequest body, ReasoningForm form)
    {
        if (form == ReasoningForm.Object && body.ReasoningEffort is { } effort)
        {
            body.Reasoning = PlainJson.ToElement(new Dictionary<string, object?>(StringComparer.Ordinal) { ["effort"] = effort }, Origin);
            body.ReasoningEffort = null;
        }

        if (form == ReasoningForm.Thinking)
        {
            SwitchOff(body);
            foreach (ChatRequestMessage message in body.Messages ?? [])
            {
                // What was thought may have been nothing, or another service's.
                message.ReasoningContent ??= message.ToolCalls is { Count: > 0 } ? "" : null;
            }
        }

        return body;
    }

    private static void SwitchOff(ChatCompletionRequest body)
    {
        if (body.ReasoningEffort == "none")
        {
            body.Thinking = PlainJson.ToElement(new Dictionary<string, object?>(StringComparer.Ordinal) { ["type"] = "disabled" }, Origin);
            body.ReasoningEffort = null;
        }
    }
}
