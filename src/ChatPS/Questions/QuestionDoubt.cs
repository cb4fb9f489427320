using System.Text.RegularExpressions;

namespace ChatPS.Questions;

/// <summary>Finds questions that read as yes or no, although their writer may have meant something else.</summary>
internal static class QuestionDoubt
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // 1-5, 1...5, 0.5..2.5 and 1 to 5, but no years, dates and numbers of telephones.
    private static readonly Regex Range = new(@"(?<![\p{L}\p{Nd}.,:/+-])-?[0-9]{1,3}(\.[0-9]+)?\s*(\.{2,}|\u2026|-|\u2013|to)\s*-?[0-9]{1,3}(\.[0-9]+)?[)\]}]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    // A bar, or a word in brackets at the end, or several with commas: (a), (a, b), [a/b]. A phrase that stands there explains the question.
    private static readonly Regex Labels = new(@"\||[(\[{]\s*[\w-]+(\s*[,;/]\s*[\w-]+(\s[\w-]+)?)*\s*[)\]}]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    // A word or two, a colon, a blank: neither a time nor an address.
    private static readonly Regex Named = new(@"^(?<name>[^\s:]+(\s[^\s:]+)?)\s?:\s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    /// <summary>Looks at a question.</summary>
    /// <param name="question">The question.</param>
    /// <returns>What the writer should know; null where there is no doubt.</returns>
    public static string? Find(ChatQuestion question)
    {
        if (question.Type != ChatQuestionType.Predicate || question.Yes is not null || question.No is not null)
        {
            return null;
        }

        string text = question.Text.TrimEnd(' ', '\t', '\r', '\n', '?', '.', '!');
        if (Labels.IsMatch(text) || Range.IsMatch(text))
        {
            return $"The question '{question.Text}' reads as yes or no. Write (a|b) at its end for a choice, 1..5 for a score.";
        }

        return question.Name.StartsWith(QuestionReader.Unnamed, StringComparison.Ordinal) && Named.Match(question.Text) is { Success: true } match
            ? $"The question '{question.Text}' is called '{question.Name}': '{match.Groups["name"].Value}' is no name. A name is one word that begins with a letter."
            : null;
    }
}
