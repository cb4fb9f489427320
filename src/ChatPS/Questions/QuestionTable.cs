using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>A question as a hashtable or an object.</summary>
internal static class QuestionTable
{
    private const string Known = "Name, Text, Yes and No, or Choices, or Levels and Minimum, or Minimum and Maximum, and Threshold";

    /// <summary>Reads a question.</summary>
    /// <param name="given">Its members.</param>
    /// <param name="fallbackName">Its name where it has none.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <returns>The question.</returns>
    /// <exception cref="ChatServiceException">It cannot be asked; it says why.</exception>
    public static ChatQuestion Read(QuestionMembers given, string fallbackName, string where)
    {
        string name = given.TakeText(nameof(ChatQuestion.Name)) ?? fallbackName;
        string text = given.TakeText(nameof(ChatQuestion.Text), "Question", "Instructions") ?? "";
        string? type = given.TakeText(nameof(ChatQuestion.Type));
        string? yes = given.TakeText(nameof(ChatQuestion.Yes));
        string? no = given.TakeText(nameof(ChatQuestion.No));
        bool hasOptions = given.TryTake(out object? options, nameof(ChatQuestion.Options), "Option", "Choices", "Choice");
        bool hasLevels = given.TryTake(out object? levels, nameof(ChatQuestion.Levels), "Level");
        int? minimum = given.TakeNumber<int>("Minimum");
        int? maximum = given.TakeNumber<int>("Maximum");
        double? threshold = given.TakeNumber<double>(nameof(ChatQuestion.Threshold));
        given.RefuseRest("a question", Known);
        bool hasScale = hasLevels || minimum is not null || maximum is not null;
        if (!hasOptions && !hasScale && yes is null && no is null && type is null)
        {
            return QuestionLine.Read(text, name, where, threshold);
        }

        ChatQuestionType kind = hasOptions ? ChatQuestionType.Choice : hasScale ? ChatQuestionType.Score : ChatQuestionType.Predicate;
        if (type is not null && !(Enum.TryParse(type, ignoreCase: true, out ChatQuestionType said) && said == kind))
        {
            throw Failures.Invalid($"{where}: '{name}' is said to be of type {type}, but is written as a {kind}.", $"Leave out Type. A question may have {Known}.");
        }

        return new ChatQuestion
        {
            Name = name,
            Type = kind,
            Text = text,
            Yes = yes,
            No = no,
            Options = hasOptions ? QuestionLabels.Options(options, where) : [],
            Levels = hasScale ? Scale(hasLevels, levels, minimum, maximum, name, where) : [],
            Threshold = threshold,
        };
    }

    private static ChatQuestionLevel[] Scale(bool hasLevels, object? levels, int? minimum, int? maximum, string name, string where)
    {
        if (hasLevels)
        {
            ChatQuestionLevel[] named = QuestionLabels.Levels(levels, minimum, where);
            return maximum is null || (named.Length > 0 && named[named.Length - 1].Value == maximum) ? named : throw Failures.Invalid(
                FormattableString.Invariant($"{where}: the levels of '{name}' do not end at {maximum}."), "Leave out Maximum: the levels say themselves how many there are.");
        }

        return minimum is { } low && maximum is { } high
            ? QuestionLevels.Between(low, high, $"{where}: '{name}'")
            : throw Failures.Invalid($"{where}: the scale of '{name}' has {(minimum is null ? "no Minimum" : "no Maximum")}.", "Give both, such as Minimum = 1 and Maximum = 5, or Levels.");
    }
}
