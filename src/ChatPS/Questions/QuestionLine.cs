using System.Globalization;
using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>
/// A question in one line: <c>name: text</c>. It asks for yes or no, unless it ends in <c>(a|b|c)</c>, which are options, or in
/// <c>1..5</c>, which are levels.
/// </summary>
internal static class QuestionLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A word, a colon: a time such as 10:30 and an address have no name.
    private static readonly Regex Named = new(@"^\s*(?<name>[\p{L}_][\p{L}\p{Nd}_-]*)\s*:(?!//)\s*(?<text>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline, Patience);

    private static readonly Regex Scale = new(@"(?<=^|[\s(])(?<low>-?[0-9]+)\.\.(?<high>-?[0-9]+)\)?\s*[?.]?\s*$", RegexOptions.CultureInvariant, Patience);

    /// <summary>Takes the name off a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The name, null where the line has none, and what follows it.</returns>
    public static (string? Name, string Text) Split(string line) => Named.Match(line) is { Success: true } match
        ? (match.Groups["name"].Value, match.Groups["text"].Value.Trim())
        : (null, line.Trim());

    /// <summary>Reads what stands behind the name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the question.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <param name="threshold">Its threshold; null for none.</param>
    /// <returns>The question.</returns>
    /// <exception cref="ChatServiceException">Its options or levels cannot be; it says why.</exception>
    public static ChatQuestion Read(string text, string name, string where, double? threshold = null)
    {
        if (Options(text) is { } options)
        {
            return new ChatQuestion
            {
                Name = name,
                Type = ChatQuestionType.Choice,
                Text = Asked(text.Substring(0, options.Start), name),
                Options = [.. options.Labels.Select(label => new ChatQuestionOption { Value = label })],
                Threshold = threshold,
            };
        }

        if (Scale.Match(text) is { Success: true } scale)
        {
            string ofScale = $"{where}: '{name}'";
            return new ChatQuestion
            {
                Name = name,
                Type = ChatQuestionType.Score,
                Text = Asked(text.Substring(0, scale.Index).TrimEnd('(', ' '), name),
                Levels = QuestionLevels.Between(Number(scale.Groups["low"].Value, ofScale), Number(scale.Groups["high"].Value, ofScale), ofScale),
                Threshold = threshold,
            };
        }

        return new ChatQuestion { Name = name, Text = text, Threshold = threshold };
    }

    // What is in the brackets at the end, if a bar stands between two things there. Brackets within them are part of a label.
    private static (int Start, string[] Labels)? Options(string text)
    {
        string asked = text.TrimEnd(' ', '\t', '\r', '\n', '?', '.');
        if (!asked.EndsWith(")", StringComparison.Ordinal))
        {
            return null;
        }

        int depth = 0;
        int end = asked.Length - 1;
        List<string> labels = [];
        for (int place = end; place >= 0; place--)
        {
            char here = asked[place];
            depth += here == ')' ? 1 : here == '(' ? -1 : 0;
            bool isOpening = here == '(' && depth == 0;
            if (isOpening || (here == '|' && depth == 1))
            {
                labels.Insert(0, asked.Substring(place + 1, end - place - 1).Trim());
                end = place;
            }

            if (isOpening)
            {
                return labels.Count > 1 ? (place, [.. labels]) : null;
            }
        }

        return null;
    }

    // 'team: (billing|sales)' says all that there is to say.
    private static string Asked(string text, string name) => text.Trim() is { Length: > 0 } asked ? asked : name;

    private static int Number(string digits, string where) => int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw Failures.Invalid($"{where}: '{digits}' is no level: it is too large.", "Give a scale such as 1..5.");
}
