using System.Text.RegularExpressions;

namespace ChatPS.Sandbox.Play;

/// <summary>Judges typed questions: an answer is the likelier, the more of its words the evidence has. The same question about the same evidence has the same answer.</summary>
internal static class Judge
{
    /// <summary>What a text holds that the model declines to judge.</summary>
    public const string Refusal = "[refuse]";

    private const int ShortestWord = 4;
    private const int PerWord = 36;
    private const int ForNo = 4;

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "customer", "does", "from", "have", "should", "text", "that", "there", "they", "this", "want", "wants", "what", "which", "with", "would", "writer",
    };

    private static readonly Regex Word = new(@"[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Judges yes or no.</summary>
    /// <param name="evidence">What the question is about.</param>
    /// <param name="yes">The words that speak for yes: those of the question, and what yes means.</param>
    /// <param name="no">What no means; null where it is not told.</param>
    /// <returns>How likely yes is.</returns>
    public static decimal YesOrNo(string evidence, string yes, string? no)
    {
        decimal forYes = 1 + (PerWord * Hits(evidence, yes));
        decimal forNo = ForNo + (PerWord * Hits(evidence, no ?? ""));
        return Math.Round(forYes / (forYes + forNo), 4);
    }

    /// <summary>Judges which of several options.</summary>
    /// <param name="evidence">What the question is about.</param>
    /// <param name="options">The words of each option.</param>
    /// <returns>How likely each is.</returns>
    public static decimal[] Choice(string evidence, IReadOnlyList<string> options) => Shares([.. options.Select(option => 1 + (PerWord * Hits(evidence, option)))]);

    /// <summary>Judges where on a scale: the higher, the more words of the question and exclamation marks the evidence has, unless it has a level's own words.</summary>
    /// <param name="evidence">What the question is about.</param>
    /// <param name="question">The words of the question.</param>
    /// <param name="levels">The words of each level.</param>
    /// <returns>How likely each is.</returns>
    public static decimal[] Score(string evidence, string question, IReadOnlyList<string> levels)
    {
        int[] weights = [.. levels.Select(level => 1 + (PerWord * Hits(evidence, level)))];
        if (weights.All(static weight => weight == 1))
        {
            weights[Math.Min(levels.Count - 1, Hits(evidence, question) + evidence.Count(static letter => letter == '!'))] += PerWord;
        }

        return Shares(weights);
    }

    private static decimal[] Shares(int[] weights)
    {
        decimal sum = weights.Sum();
        return [.. weights.Select(weight => Math.Round(weight / sum, 4))];
    }

    private static int Hits(string evidence, string words)
    {
        string[] said = Words(evidence);
        return Words(words).Distinct(StringComparer.OrdinalIgnoreCase).Count(word => Array.Exists(said, other => IsSame(word, other)));
    }

    private static string[] Words(string text) => [.. Word.Matches(text).Cast<Match>().Select(static match => match.Value).Where(static word => word.Length >= ShortestWord && !Fillers.Contains(word))];

    // "refund" and "refunded".
    private static bool IsSame(string one, string other) => one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase);
}
