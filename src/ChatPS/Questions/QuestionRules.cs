using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>What a question must be, so that nothing is asked that no service could answer.</summary>
internal static class QuestionRules
{
    /// <summary>The fewest options, or levels.</summary>
    public const int Least = 2;

    /// <summary>The most options, or levels, that any service takes. Many take fewer.</summary>
    public const int Most = 255;

    private static readonly Regex Name = new(@"^[\p{L}_][\p{L}\p{Nd}_-]*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Checks a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <exception cref="ChatServiceException">It cannot be asked; it says why.</exception>
    public static void Check(ChatQuestion question, string where)
    {
        if (!Name.IsMatch(question.Name))
        {
            throw Failures.Invalid($"{where}: '{question.Name}' is no name for a question.", "A name begins with a letter, and goes on with letters, digits, '_' and '-'.");
        }

        if (string.IsNullOrWhiteSpace(question.Text))
        {
            throw Failures.Invalid($"{where}: '{question.Name}' asks nothing.", "Say what is to be decided, for example 'refund: does the customer want money back?'.");
        }

        if (question.Threshold is { } threshold)
        {
            CheckThreshold(threshold, $"{where}: the threshold of '{question.Name}'");
        }

        switch (question.Type)
        {
            case ChatQuestionType.Choice:
                Refuse(question.Levels.Length > 0 || HasHints(question), question, where, "is a choice: it has options, and neither levels nor Yes and No");
                CheckLabels([.. question.Options.Select(Label)], "option", question, where);
                break;
            case ChatQuestionType.Score:
                Refuse(question.Options.Length > 0 || HasHints(question), question, where, "is a score: it has levels, and neither options nor Yes and No");
                CheckLabels([.. question.Levels.Select(level => level.Label)], "level", question, where);
                Refuse(question.Levels.Where((level, place) => level.Value != (long)question.Levels[0].Value + place).Any(), question, where, "has levels whose numbers do not follow each other");
                break;
            default:
                Refuse(question.Options.Length > 0 || question.Levels.Length > 0, question, where, "is a question of yes or no: it has neither options nor levels");
                break;
        }
    }

    /// <summary>Checks a threshold.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="ChatServiceException">It cannot be.</exception>
    public static void CheckThreshold(double threshold, string what)
    {
        if (threshold is not (>= 0.5 and <= 1))
        {
            throw Failures.Invalid(FormattableString.Invariant($"{what} is {threshold}; it must lie between 0.5 and 1."), $"Give how likely an answer must be not to count as unsure, such as 0.9.{Meant(threshold, 0.5)}");
        }
    }

    /// <summary>Guesses that a threshold was given in per cent.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="least">The lowest that there may be.</param>
    /// <returns>The question to ask, with a blank before it; empty where it is no such number.</returns>
    public static string Meant(double threshold, double least) => threshold / 100 is var share && share >= least && share <= 1 ? FormattableString.Invariant($" Did you mean {share}?") : "";

    /// <summary>Writes an option as text.</summary>
    /// <param name="option">The option.</param>
    /// <returns>Its value; that of a boolean is true or false.</returns>
    public static string Label(ChatQuestionOption option) => option.Value is bool flag ? flag ? "true" : "false" : option.Value as string ?? "";

    private static bool HasHints(ChatQuestion question) => question.Yes is not null || question.No is not null;

    private static void CheckLabels(string[] labels, string what, ChatQuestion question, string where)
    {
        if (labels.Length is < Least or > Most)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"{where}: '{question.Name}' has {labels.Length} {what}{(labels.Length == 1 ? "" : "s")}; it must have {Least} to {Most}."),
                what == "option" ? "Give the options in brackets at the end, such as (billing|technical|sales), or as a list." : "Give a scale such as 1..5, or a list of names.");
        }

        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string label in labels)
        {
            Refuse(string.IsNullOrWhiteSpace(label), question, where, $"has an empty {what}");
            Refuse(label != label.Trim() || label.Any(char.IsControl), question, where, $"has the {what} '{label}', with blanks at its ends or control characters");
            Refuse(!seen.Add(label), question, where, $"has the {what} '{label}' twice, case apart");
        }
    }

    private static void Refuse(bool isWrong, ChatQuestion question, string where, string what)
    {
        if (isWrong)
        {
            throw Failures.Invalid($"{where}: '{question.Name}' {what}.", "Write it for example as 'refund: money back?', 'team: which team (billing|sales)' or 'urgency: how urgent 1..5'; about_ChatPS_Decisions tells more.");
        }
    }
}
