using System.Globalization;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>Reads what users give to <c>-Question</c>: lines, hashtables, what <c>New-ChatQuestion</c> makes, and any mixture.</summary>
internal static class QuestionReader
{
    /// <summary>The name of the only question, where it has none.</summary>
    public const string Unnamed = "answer";

    /// <summary>Reads questions.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>The questions, each of which can be asked; no two have one name.</returns>
    /// <exception cref="ChatServiceException">One of them cannot be asked; it says which and why.</exception>
    public static ChatQuestion[] Read(object?[] given)
    {
        ChatQuestion[] questions = new ChatQuestion[given.Length];
        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        for (int place = 0; place < given.Length; place++)
        {
            string where = given.Length == 1 ? "-Question" : string.Format(CultureInfo.InvariantCulture, "-Question[{0}]", place);
            ChatQuestion question = Read(given[place], given.Length == 1 ? Unnamed : string.Format(CultureInfo.InvariantCulture, "{0}{1}", Unnamed, place + 1), where);
            QuestionRules.Check(question, where);
            if (places.TryGetValue(question.Name, out int first))
            {
                throw Failures.Invalid(FormattableString.Invariant($"{where} is called '{question.Name}', and so is -Question[{first}]; case does not count."), "Give each question a name of its own.");
            }

            places[question.Name] = place;
            questions[place] = question;
        }

        return questions;
    }

    private static ChatQuestion Read(object? given, string fallbackName, string where)
    {
        if (Bare.Of(given) is string line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                throw Failures.Invalid($"{where} is empty.", "Say what is to be decided, for example 'refund: does the customer want money back?'.");
            }

            (string? name, string text) = QuestionLine.Split(line);
            return QuestionLine.Read(text, name ?? fallbackName, where);
        }

        return QuestionMembers.Of(given, where) is { } members
            ? QuestionTable.Read(members, fallbackName, where)
            : throw Failures.Invalid(
                $"{where}: a value of type {Bare.Of(given)?.GetType().Name ?? "null"} is no question.", "Write 'name: text', a hashtable such as @{ Name = 'team'; Text = 'which team'; Choices = 'billing', 'sales' }, or let New-ChatQuestion make it.");
    }
}
