using System.Globalization;

namespace ChatPS.Client.Decisions;

/// <summary>A question whose answers have labels of one token each: the texts of options are several, and begin alike.</summary>
internal sealed class LabelledQuestion
{
    /// <summary>The most labels: a service tells of no more tokens.</summary>
    public const int Most = 20;

    private readonly ChatQuestion _question;

    public LabelledQuestion(ChatQuestion question)
    {
        _question = question;
        Labels = question.Type switch
        {
            ChatQuestionType.Choice => [.. question.Options.Select((_, place) => Letter(place))],
            ChatQuestionType.Score => [.. question.Levels.Select((level, place) => HasDigits(question) ? level.Value.ToString(CultureInfo.InvariantCulture) : Letter(place))],
            _ => ["yes", "no"],
        };
    }

    /// <summary>Gets the labels, in the order of the question.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Tells whether a question can have labels.</summary>
    public static bool Fits(ChatQuestion question) => question.Options.Length <= Most && question.Levels.Length <= Most;

    /// <summary>Gets what the model is told.</summary>
    public string Task => $"{_question.WithMeanings()}\n\nAnswer with one of these labels, and with nothing else:\n{string.Join("\n", Labels.Select((label, place) => Meaning(place) is { } words ? $"{label}: {words}" : label))}";

    /// <summary>Makes the answer.</summary>
    /// <param name="shares">How likely each label is, in their order.</param>
    /// <param name="mass">The share of all labels.</param>
    /// <returns>The answer.</returns>
    public ChatDecisionAnswer ToAnswer(double[] shares, double mass)
    {
        switch (_question.Type)
        {
            case ChatQuestionType.Choice:
                ChatQuestionOption option = _question.Options[Array.IndexOf(shares, shares.Max())];
                return AnswerReader.OfChoice(_question, option, [.. _question.Options.Select((each, place) => new ChatDecisionProbability { Value = each.Value, Probability = shares[place] })], labelMass: mass);
            case ChatQuestionType.Score:
                double score = Math.Min(shares.Select((share, place) => share * place).Sum(), shares.Length - 1);
                return AnswerReader.OfScore(_question, score, [.. _question.Levels.Select((each, place) => new ChatDecisionProbability { Value = each.Value, Label = each.Label, Probability = shares[place] })], labelMass: mass);
            default:
                return AnswerReader.OfPredicate(_question, shares[0], labelMass: mass);
        }
    }

    private static string Letter(int place) => ((char)('A' + place)).ToString();

    private static bool HasDigits(ChatQuestion question) => Array.TrueForAll(question.Levels, level => level.Value is >= 0 and <= 9);

    private string? Meaning(int place) => _question.Type switch
    {
        ChatQuestionType.Choice => _question.Options[place] is { Description: { Length: > 0 } words } option ? $"{option.Label()} ({words})" : _question.Options[place].Label(),
        ChatQuestionType.Score => _question.Levels[place].Words() is { } words && words != Labels[place] ? words : null,
        _ => null,
    };
}
