using System.Globalization;
using ChatPS.Client.Faults;
using ChatPS.Typed;

namespace ChatPS.Questions;

/// <summary>The properties that answers become: under the name of the question the answer, and beside it how likely it is.</summary>
internal static class QuestionColumns
{
    /// <summary>The property that says whether an answer is unsure.</summary>
    public const string Unsure = nameof(ChatDecision.Unsure);

    private const string Probability = nameof(ChatDecisionAnswer.Probability);

    // PowerShell hides a property of such a name, or breaks by it.
    private static readonly string[] OfAnyObject = [nameof(ToString), nameof(GetType), nameof(Equals), nameof(GetHashCode), "PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames", "PSStandardMembers"];

    /// <summary>Names the columns of a question, in their order.</summary>
    /// <param name="question">The question.</param>
    /// <param name="all">Whether each possible answer has one.</param>
    /// <returns>The names.</returns>
    public static IEnumerable<string> Of(ChatQuestion question, bool all) => Of(question, new ChatDecisionAnswer(), all).Select(column => column.Key);

    /// <summary>Makes the columns of an answer. There are the same whatever the answer is.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="all">Whether each possible answer has one.</param>
    /// <returns>Names and values.</returns>
    public static IEnumerable<KeyValuePair<string, object?>> Of(ChatQuestion question, ChatDecisionAnswer answer, bool all)
    {
        string name = question.Name;
        yield return new(name, answer.Value);
        if (HasNames(question))
        {
            yield return new(name + nameof(ChatDecisionAnswer.Level), answer.Level);
        }

        yield return new(name + Probability, answer.Probability);
        yield return new(name + nameof(ChatDecisionAnswer.Confidence), answer.Confidence);
        if (!all)
        {
            yield break;
        }

        foreach (ChatQuestionOption option in question.Options)
        {
            string label = QuestionRules.Label(option);
            yield return new($"{name}{Probability}.{label}", Find(answer, label)?.Probability);
        }

        foreach (ChatQuestionLevel level in question.Levels)
        {
            yield return new($"{name}{Probability}.{level.Label}", Find(answer, level.Value.ToString(CultureInfo.InvariantCulture))?.Probability);
        }
    }

    /// <summary>Refuses questions whose answers would have no place, or share one.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="all">Whether each possible answer has a column.</param>
    /// <param name="isOnRow">Whether they become columns of the items.</param>
    /// <exception cref="ChatServiceException">There is such a one.</exception>
    public static void Check(IReadOnlyList<ChatQuestion> questions, bool all, bool isOnRow)
    {
        // Of the row only what is added counts: what it has of the same name gives way, as with any -Merge.
        string[] members = isOnRow ? [Unsure, TypedOutput.MemberSet, .. OfAnyObject] : [.. typeof(ChatDecision).GetProperties().Select(property => property.Name), .. OfAnyObject];
        HashSet<string> taken = new(members, StringComparer.OrdinalIgnoreCase);
        foreach (ChatQuestion question in questions)
        {
            foreach (string column in Of(question, all))
            {
                if (!taken.Add(column))
                {
                    bool isOwn = members.Contains(column, StringComparer.OrdinalIgnoreCase);
                    throw Failures.Invalid(
                        $"-Question: '{question.Name}' would become the property '{column}', which {(!isOwn ? "another question becomes" : isOnRow ? "cannot be a column" : "each answer has already")}.",
                        isOwn ? $"Choose another name. These are taken: {string.Join(", ", members)}." : "Give each question a name of its own.");
                }
            }
        }
    }

    private static bool HasNames(ChatQuestion question) => Array.Exists(question.Levels, level => level.Label != level.Value.ToString(CultureInfo.InvariantCulture));

    private static ChatDecisionProbability? Find(ChatDecisionAnswer answer, string value) =>
        Array.Find(answer.Probabilities, probability => string.Equals(Text(probability.Value), value, StringComparison.Ordinal));

    private static string Text(object value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
