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
        ChatDecisionAnswer[] said = answers switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. ReadList([.. list.EnumerateArray()], questions, response.Raw)],
            { ValueKind: JsonValueKind.Object } members => [.. questions.Select(new NamedAnswers(members.EnumerateObject().Select(member => (JsonText.Name(member), member.Value))).Read)],
            _ => throw WireFormatException.NoAnswer("The answer holds no decisions.", response.Raw),
        };
        ChatUsage? usage = DecisionUsage.Read(response.Usage ?? envelope?.Any("usage"));
        string? model = Redactor.RedactOptional(response.Model ?? envelope?.TextOf("model"), origin.Secrets);
        return new DecisionPart(said, ChatDecisionMethod.Native, Redactor.Redact(response.Raw, origin.Secrets))
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

    private static void ThrowIfBlocked(DecisionResponse response, JsonElement? answers)
    {
        if (answers is null && response.PromptFeedback is { ValueKind: JsonValueKind.Object } feedback && feedback.TextOf("block_reason") is { } reason)
        {
            throw new WireFormatException(new ApiError($"The input was blocked ({reason}): {feedback.TextOf("block_reason_message") ?? "it gives no details"}.", "content_filter", reason), response.Raw);
        }
    }

    // Names need not come back. Where they do, they tell more than places.
    private static IEnumerable<ChatDecisionAnswer> ReadList(JsonElement[] list, IReadOnlyList<ChatQuestion> questions, string raw)
    {
        NamedAnswers named = new(list.Select(item => (NameOf(item), item)));
        bool isInOrder = list.Length == questions.Count && named.Count < list.Length && questions.Zip(list, (question, item) => NameOf(item) is not { } name || NamedAnswers.IsName(name, question)).All(fits => fits);
        return isInOrder ? questions.Zip(list, (question, item) => AnswerReader.Read(question, item))
            : list.Length == 0 || questions.Any(named.Has) ? questions.Select(named.Read)
            : throw new WireFormatException(FormattableString.Invariant($"The answer has {list.Length} decisions for {questions.Count} questions, and does not say which."), raw);
    }

    private static string? NameOf(JsonElement item) => item.TextOf("name") is { Length: > 0 } name ? name : null;
}
