using System.Text.Json;
using ChatPS.Api.Decisions;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Reads an answer by what it holds, in whichever form it was asked for: gateways serve one form at the address of another.</summary>
internal static class DecisionReader
{
    /// <summary>Reads an answer.</summary>
    /// <param name="response">What came.</param>
    /// <param name="questions">What was asked.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <returns>The answers, in the order of the questions.</returns>
    /// <exception cref="WireFormatException">It is no answer.</exception>
    public static DecisionPart Read(DecisionResponse response, IReadOnlyList<ChatQuestion> questions, IAnswerOrigin origin)
    {
        JsonElement? envelope = response.AdditionalProperties is { } more && more.TryGetValue("result", out JsonElement result) && result.ValueKind == JsonValueKind.Object ? result : null;
        JsonElement? answers = response.Answers ?? envelope?.Any("answers");
        ThrowIfBlocked(response, answers);
        IReadOnlyList<JsonElement?> said = answers switch
        {
            { ValueKind: JsonValueKind.Array } list => ByPlace([.. list.EnumerateArray()], questions, response.Raw),
            { ValueKind: JsonValueKind.Object } members => [.. questions.Select(question => Named(members, question.Name))],
            _ => throw WireFormatException.NoAnswer("The answer holds no decisions.", response.Raw),
        };
        ChatUsage? usage = DecisionUsage.Read(response.Usage ?? envelope?.Any("usage"));
        string? model = Redactor.RedactOptional(response.Model ?? envelope?.TextOf("model"), origin.Secrets);
        return new DecisionPart([.. questions.Zip(said, AnswerReader.Read)], ChatDecisionMethod.Native, Redactor.Redact(response.Raw, origin.Secrets))
        {
            Usage = usage,
            Cost = origin.Succeed(model, usage),
            Model = model,
            Id = Redactor.RedactOptional(response.Id, origin.Secrets),
            RequestId = origin.RequestId,
            Connection = origin.ConnectionName,
            Elapsed = origin.Elapsed,
        };
    }

    /// <summary>Counts the answers of a list.</summary>
    /// <param name="response">What came.</param>
    /// <returns>How many there are; null where they are told apart by name.</returns>
    public static int? CountOf(DecisionResponse response) => response.Answers is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : null;

    private static void ThrowIfBlocked(DecisionResponse response, JsonElement? answers)
    {
        if (answers is null && response.PromptFeedback is { ValueKind: JsonValueKind.Object } feedback && feedback.TextOf("block_reason") is { } reason)
        {
            throw new WireFormatException(new ApiError($"The input was blocked ({reason}): {feedback.TextOf("block_reason_message") ?? "it gives no details"}.", "content_filter", reason), response.Raw);
        }
    }

    // Names need not come back. Where they do, they tell more than places.
    private static IReadOnlyList<JsonElement?> ByPlace(JsonElement[] list, IReadOnlyList<ChatQuestion> questions, string raw)
    {
        Dictionary<string, JsonElement> named = new(StringComparer.Ordinal);
        foreach (JsonElement item in list)
        {
            if (item.TextOf("name") is { } name)
            {
                named[name] = item;
            }
        }

        bool areNamed = named.Count == list.Length;
        if (list.Length == questions.Count && !(areNamed && questions.All(question => named.ContainsKey(question.Name))))
        {
            return [.. list.Select(item => (JsonElement?)item)];
        }

        return areNamed
            ? [.. questions.Select(question => named.TryGetValue(question.Name, out JsonElement found) ? found : (JsonElement?)null)]
            : throw new WireFormatException(FormattableString.Invariant($"The answer has {list.Length} decisions for {questions.Count} questions, and does not say which."), raw);
    }

    private static JsonElement? Named(JsonElement members, string name)
    {
        if (JsonText.Member(members, name) is { } exact)
        {
            return exact;
        }

        foreach (JsonProperty member in members.EnumerateObject())
        {
            if (string.Equals(JsonText.Name(member), name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }
}
