using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>
/// What the sandbox says: "You said: " and the text of the last user message, or "The tool answered: " and the result of a tool;
/// JSON where it is asked for; or calls of tools, those that are forced and those that the prompt names with "call".
/// </summary>
/// <param name="Text">The text; null where tools are called.</param>
/// <param name="Calls">The calls of tools.</param>
internal sealed record Reply(Generation? Text, IReadOnlyList<ToolCall> Calls)
{
    public int TokenCount => Text?.TokenCount ?? Calls.Sum(static call => Tokens.Count(call.Name) + Tokens.Count(call.Arguments));

    /// <summary>Answers.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="index">Which of several answers this is, from 0.</param>
    /// <returns>The answer.</returns>
    public static Reply To(Question question, int index = 0)
    {
        bool mayCall = question.Scripted is null && question.ToolResult is null;
        IReadOnlyList<ToolCall> calls = mayCall ? question.Tools.CallsFor(question.UserText, question.Number, index) : [];
        if (calls.Count > 0)
        {
            return new Reply(null, calls);
        }

        string text = Say(question);
        return new Reply(Generation.Of(question.WantsJson ? text : Generation.Numbered(text, index), question.Stops, question.MaxTokens), []);
    }

    private static string Say(Question question)
    {
        if (question.Scripted is { } scripted)
        {
            return scripted;
        }

        if (question.Schema is null && DecisionTask.Find(question.UserText) is { } task)
        {
            return task.Label;
        }

        string text = question.ToolResult is { } result ? "The tool answered: " + result : "You said: " + question.UserText;
        if (question.Schema is { } schema)
        {
            return PlainJson.ToText(DecisionTask.Fill(schema, question.UserText) ?? SchemaInstance.Create(schema));
        }

        return question.WantsJson ? PlainJson.ToText(new Dictionary<string, object?>(StringComparer.Ordinal) { ["answer"] = text }) : text;
    }
}
