using ChatPS.Client.Decisions;

namespace ChatPS.Client.Tests.Decisions;

/// <summary>Questions and evidence as the tests of decisions need them.</summary>
internal static class Ask
{
    public static readonly ChatQuestion Refund = new() { Name = "refund", Text = "The writer asks for a refund." };

    public static readonly ChatQuestion Team = new()
    {
        Name = "team",
        Type = ChatQuestionType.Choice,
        Text = "Which team takes this?",
        Options = [new ChatQuestionOption { Value = "returns", Description = "damage, refunds" }, new ChatQuestionOption { Value = "tech" }],
    };

    public static readonly ChatQuestion Anger = Score("anger", "How angry is the writer?", "calm", "annoyed", "furious");

    public static ChatQuestion Score(string name, string text, params string[] levels) => new()
    {
        Name = name,
        Type = ChatQuestionType.Score,
        Text = text,
        Levels = [.. levels.Select((level, place) => new ChatQuestionLevel { Value = place + 1, Label = level })],
    };

    public static DecisionRequest About(string text, params ChatQuestion[] questions) => new()
    {
        Messages = [new ChatMessage("user", text)],
        Questions = questions.Length > 0 ? questions : [Refund, Team, Anger],
        Input = text,
    };
}
