using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>The levels of a scale.</summary>
internal static class QuestionLevels
{
    /// <summary>Makes levels that are called by their numbers.</summary>
    /// <param name="low">The lowest.</param>
    /// <param name="high">The highest.</param>
    /// <param name="where">Where they stand, for the error.</param>
    /// <returns>The levels.</returns>
    /// <exception cref="ChatServiceException">There are too few or too many.</exception>
    public static ChatQuestionLevel[] Between(int low, int high, string where)
    {
        long count = (long)high - low + 1;
        if (count is < QuestionRules.Least or > QuestionRules.Most)
        {
            throw Failures.Invalid(
                FormattableString.Invariant($"{where}: {low}..{high} is no scale of {QuestionRules.Least} to {QuestionRules.Most} levels."), "Give the lowest level, and then the highest, such as 1..5. Many services take 10 levels at most.");
        }

        return [.. Enumerable.Range(low, (int)count).Select(value => new ChatQuestionLevel { Value = value, Label = value.ToString(CultureInfo.InvariantCulture) })];
    }

    /// <summary>Numbers levels in their order.</summary>
    /// <param name="named">What each is called, and what it means.</param>
    /// <param name="minimum">The number of the first; null for what the names say where they are numbers, else 0.</param>
    /// <param name="where">Where they stand, for the error.</param>
    /// <returns>The levels.</returns>
    /// <exception cref="ChatServiceException">They are numbers with gaps between them.</exception>
    public static ChatQuestionLevel[] Of(IReadOnlyList<(string Label, string? Description)> named, int? minimum, string where)
    {
        int? first = minimum;
        if (first is null && named.Count > 0 && named.All(level => IsNumber(level.Label, out _)))
        {
            IsNumber(named[0].Label, out int start);
            first = start;
            if (named.Where((level, place) => !IsNumber(level.Label, out int number) || number != (long)start + place).Any())
            {
                throw Failures.Invalid($"{where}: the levels are numbers that do not follow each other.", "Give whole numbers one after the other, from the lowest to the highest, or names.");
            }
        }

        return [.. named.Select((level, place) => new ChatQuestionLevel { Value = (first ?? 0) + place, Label = level.Label, Description = level.Description })];
    }

    private static bool IsNumber(string label, out int number) => int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
