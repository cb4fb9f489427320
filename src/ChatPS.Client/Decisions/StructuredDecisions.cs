using System.Globalization;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>Asks a chat model for one typed answer over all questions. How likely it is nobody knows: what a model says of itself is no probability.</summary>
/// <param name="connection">The connection.</param>
internal sealed class StructuredDecisions(ServiceConnection connection) : IChatDecisions
{
    /// <summary>How often an answer that does not fit is asked for again.</summary>
    public const int Repairs = 1;

    // OpenAI takes 1,000 values in all the lists of a schema.
    private const int MostValues = 1000;
    private const int MostQuestions = 100;

    public ChatDecisionMethod Method => ChatDecisionMethod.Structured;

    public async Task<IReadOnlyList<DecisionPart>> AskAsync(DecisionRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        await SideBySide.RunAsync(Groups(request.Questions), async group => Read(await connection.Chat.CompleteAsync(ToChat(request, group), settings, cancellationToken), group));

    /// <summary>Shares questions out over calls, always in the same way.</summary>
    /// <param name="questions">The questions.</param>
    /// <returns>The questions of each call.</returns>
    public static IReadOnlyList<IReadOnlyList<ChatQuestion>> Groups(IReadOnlyList<ChatQuestion> questions)
    {
        List<IReadOnlyList<ChatQuestion>> groups = [];
        List<ChatQuestion> group = [];
        int values = 0;
        foreach (ChatQuestion question in questions)
        {
            int own = question.Options.Length + question.Levels.Length;
            if (group.Count == MostQuestions || (group.Count > 0 && values + own > MostValues))
            {
                groups.Add(group);
                group = [];
                values = 0;
            }

            group.Add(question);
            values += own;
        }

        return [.. groups, group];
    }

    /// <summary>Makes the request for a group of questions.</summary>
    /// <param name="request">The request.</param>
    /// <param name="questions">The questions.</param>
    /// <returns>The request for chat.</returns>
    public static ChatRequest ToChat(DecisionRequest request, IReadOnlyList<ChatQuestion> questions) =>
        ChatWords.ToChat(request, "Answer these questions:\n" + string.Join("\n", questions.Select((question, place) => $"{Name(place)}: {Words(question)}"))) with { Output = Format(questions) };

    /// <summary>Reads an answer, which fits the schema.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="questions">What was asked.</param>
    /// <returns>The answers to the questions.</returns>
    public static DecisionPart Read(ChatCompletion answer, IReadOnlyList<ChatQuestion> questions)
    {
        IReadOnlyDictionary<string, object?>? said = Format(questions).Read(answer.Text).Value as IReadOnlyDictionary<string, object?>;
        return ChatWords.ToPart(answer, [.. questions.Select((question, place) => Decide(question, said?.TryGetValue(Name(place), out object? value) == true ? value : null))], ChatDecisionMethod.Structured);
    }

    private static ChatDecisionAnswer Decide(ChatQuestion question, object? said)
    {
        switch (question.Type)
        {
            case ChatQuestionType.Choice when Array.Find(question.Options, option => option.Label() == said as string) is { } option:
                return AnswerReader.OfChoice(question, option, []);
            case ChatQuestionType.Score when said is int or long or double or decimal && Array.Find(question.Levels, level => level.Value == Convert.ToDouble(said, CultureInfo.InvariantCulture)) is { } level:
                return AnswerReader.OfScore(question, level.Value - question.Levels[0].Value, []);
            case ChatQuestionType.Predicate when said is bool flag:
                return new ChatDecisionAnswer { Name = question.Name, Type = question.Type, Value = flag };
            default:
                return AnswerReader.Missing(question, AnswerReader.Undecided);
        }
    }

    private static OutputFormat Format(IReadOnlyList<ChatQuestion> questions) => new("decisions", Fields.Of(
        ("type", "object"),
        ("properties", Fields.Of([.. questions.Select((question, place) => (Name(place), (object?)Schema(question)))])),
        ("required", questions.Select((_, place) => Name(place)).ToArray()),
        ("additionalProperties", false))) { RepairAttempts = Repairs };

    private static Dictionary<string, object?> Schema(ChatQuestion question) => question.Type switch
    {
        ChatQuestionType.Choice => Fields.Of(("type", "string"), ("enum", question.Options.Select(option => option.Label()).ToArray()), ("description", Words(question))),
        ChatQuestionType.Score => Fields.Of(("type", "integer"), ("enum", question.Levels.Select(level => level.Value).ToArray()), ("description", Words(question))),
        _ => Fields.Of(("type", "boolean"), ("description", Words(question))),
    };

    // Names of users may hold what strict mode does not take.
    private static string Name(int place) => FormattableString.Invariant($"q{place + 1}");

    private static string Words(ChatQuestion question) => question.Type switch
    {
        ChatQuestionType.Choice => $"{question.Text} ({string.Join("; ", question.Options.Select(option => option.Description is { Length: > 0 } words ? $"{option.Label()}: {words}" : option.Label()))})",
        ChatQuestionType.Score => $"{question.Text} ({string.Join("; ", question.Levels.Select(level => FormattableString.Invariant($"{level.Value}: {level.Words()}")))})",
        _ => question.WithMeanings(),
    };
}
