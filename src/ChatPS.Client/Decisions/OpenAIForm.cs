using System.Collections;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>As OpenAI made it: <c>POST /decisions</c> with lists of questions and answers.</summary>
internal sealed class OpenAIForm() : DecisionForm(nameof(DecisionForms.OpenAI))
{
    public override bool TellsBooleans => true;

    public override string Path(ConnectionSettings connection, string model) => "decisions";

    public override Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal)
        {
            ["model"] = model,
            ["input"] = Input(request),
            ["questions"] = request.Questions.Select(Question).ToArray(),
        };
        fields.AddIfGiven("prompt_cache_key", request.PromptCacheKey);
        fields.AddIfGiven("safety_identifier", request.SafetyIdentifier);
        return fields;
    }

    private static object Input(DecisionRequest request) => request.Data is { } data ? new[] { Message("user", new[] { Json(data) }) }
        : request.PlainText() is { } text ? text
        : request.Messages.SelectMany(Items).ToArray();

    // Objects and lists of them go as they are; anything else is no JSON in the service's eyes.
    private static Dictionary<string, object?> Json(object data) => data is IDictionary or IEnumerable<KeyValuePair<string, object?>> || data is not string && data is IEnumerable items && HoldsObjectsOnly(items)
        ? Fields.Of(("type", "input_json"), ("data", data))
        : Fields.Of(("type", "input_text"), ("text", PlainJson.Write(data, "-InputObject")));

    private static bool HoldsObjectsOnly(IEnumerable items)
    {
        int count = 0;
        foreach (object? item in items)
        {
            if (item is not (IDictionary or IEnumerable<KeyValuePair<string, object?>>))
            {
                return false;
            }

            count++;
        }

        return count > 0;
    }

    private static IEnumerable<Dictionary<string, object?>> Items(ChatMessage message)
    {
        if (message.Role is "tool" or "function")
        {
            yield return Fields.Of(("type", "function_call_output"), ("call_id", message.ToolCallId ?? message.Name), ("output", message.Text));
            yield break;
        }

        if (message.Content.Count > 0)
        {
            yield return message.Role == "assistant" || message.Content is [{ Type: "text", CacheBreakpoint: null }]
                ? Message(message.Role, message.Text)
                : Message(message.Role, message.Content.Select(Part).ToArray());
        }

        foreach (ChatToolCall call in message.ToolCalls)
        {
            yield return Fields.Of(("type", "function_call"), ("call_id", call.Id), ("name", call.Name), ("arguments", call.Arguments));
        }
    }

    private static Dictionary<string, object?> Message(string role, object content) => Fields.Of(("type", "message"), ("role", role), ("content", content));

    private static Dictionary<string, object?> Part(ChatContent part)
    {
        Dictionary<string, object?> fields = part.Type switch
        {
            "text" => Fields.Of(("type", "input_text"), ("text", part.Text)),
            "image_url" => Fields.Of(("type", "input_image"), ("image_url", part.Url)),
            _ => throw Evidence.Refuse(part, nameof(DecisionForms.OpenAI), "text and images"),
        };
        fields.AddIfGiven("detail", part.Detail);
        fields.AddIfGiven("prompt_cache_breakpoint", part.CacheBreakpoint is { } mode ? Fields.Of(("mode", mode)) : null);
        return fields;
    }

    private static Dictionary<string, object?> Question(ChatQuestion question)
    {
        Dictionary<string, object?> fields = Fields.Of(
            ("type", question.Type switch { ChatQuestionType.Choice => "choice", ChatQuestionType.Score => "score", _ => "predicate" }),
            ("name", question.Name),
            ("instructions", question.WithMeanings()));
        if (question.Type == ChatQuestionType.Choice)
        {
            fields["choices"] = question.Options.Select(option => Described("value", option.Value, option.Description)).ToArray();
        }
        else if (question.Type == ChatQuestionType.Score)
        {
            fields["levels"] = question.Levels.Select(level => Described("label", level.Label, level.Description)).ToArray();
        }

        return fields;
    }

    private static Dictionary<string, object?> Described(string name, object value, string? description)
    {
        Dictionary<string, object?> fields = Fields.Of((name, value));
        fields.AddIfGiven("description", description);
        return fields;
    }
}
