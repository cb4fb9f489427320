using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Decisions;

/// <summary>Reads the answer to one question, and puts it in the question's own values.</summary>
internal static class AnswerReader
{
    public const string Refused = nameof(Refused);

    public const string NoAnswer = nameof(NoAnswer);

    public const string Undecided = nameof(Undecided);

    /// <summary>Reads an answer.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="said">What came; null for nothing.</param>
    /// <returns>The answer, which may be missing.</returns>
    public static ChatDecisionAnswer Read(ChatQuestion question, JsonElement? said)
    {
        if (said is not { ValueKind: JsonValueKind.Object } answer)
        {
            return Missing(question, NoAnswer);
        }

        return answer.TextOf("type") == "refusal" || answer.TextOf("refusal") is { Length: > 0 } ? Missing(question, Refused)
            : TypeOf(answer) is { } type && type != question.Type ? Missing(question, Undecided, Mass(answer))
            : question.Type switch
            {
                ChatQuestionType.Choice => ReadChoice(question, answer),
                ChatQuestionType.Score => ReadScore(question, answer),
                _ => ReadPredicate(question, answer),
            };
    }

    /// <summary>Makes the answer that is none.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="why">Why there is none.</param>
    /// <param name="labelMass">The share of the labels, where it is known.</param>
    /// <returns>The answer.</returns>
    public static ChatDecisionAnswer Missing(ChatQuestion question, string why, double? labelMass = null) => new() { Name = question.Name, Type = question.Type, Missing = why, LabelMass = labelMass };

    /// <summary>Makes the answer of a distribution over yes and no.</summary>
    public static ChatDecisionAnswer OfPredicate(ChatQuestion question, double yes, double? confidence = null, double? labelMass = null) => new()
    {
        Name = question.Name,
        Type = question.Type,
        Value = yes >= 0.5,
        Probability = yes,
        Probabilities = [new ChatDecisionProbability { Value = true, Probability = yes }, new ChatDecisionProbability { Value = false, Probability = (double)(1m - (decimal)yes) }],
        Confidence = confidence,
        LabelMass = labelMass,
    };

    /// <summary>Makes the answer of a choice.</summary>
    public static ChatDecisionAnswer OfChoice(ChatQuestion question, ChatQuestionOption option, ChatDecisionProbability[] probabilities, double? confidence = null, double? labelMass = null) => new()
    {
        Name = question.Name,
        Type = question.Type,
        Value = option.Value,
        Probability = Array.Find(probabilities, each => Equals(each.Value, option.Value))?.Probability,
        Probabilities = probabilities,
        Confidence = confidence,
        LabelMass = labelMass,
    };

    /// <summary>Makes the answer of a score.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="score">The place on the scale, from 0.</param>
    /// <param name="probabilities">How likely each level is; empty where that is not known.</param>
    /// <param name="confidence">What the service says of its own.</param>
    /// <param name="labelMass">The share of the labels.</param>
    /// <returns>The answer.</returns>
    public static ChatDecisionAnswer OfScore(ChatQuestion question, double score, ChatDecisionProbability[] probabilities, double? confidence = null, double? labelMass = null)
    {
        ChatDecisionProbability? likeliest = Likeliest(probabilities);
        return new ChatDecisionAnswer
        {
            Name = question.Name,
            Type = question.Type,
            Value = (double)((decimal)score + question.Levels[0].Value),
            Level = likeliest?.Label ?? question.Levels[(int)Math.Round(score, MidpointRounding.AwayFromZero)].Label,
            Probability = likeliest?.Probability,
            Probabilities = probabilities,
            Confidence = confidence,
            LabelMass = labelMass,
        };
    }

    private static ChatDecisionAnswer ReadPredicate(ChatQuestion question, JsonElement answer)
    {
        JsonElement distribution = answer.Any("probabilities") ?? default;
        double? no = distribution.Share("no") ?? distribution.Share("false");
        double[] told = [.. new[] { answer.Share("probability"), answer.Share("noul"), distribution.Share("yes"), distribution.Share("true") }.OfType<double>()];
        if (told.Length == 0)
        {
            return Missing(question, no is null ? NoAnswer : Undecided, Mass(answer));
        }

        double yes = told[0];
        bool isOne = told.Max() - told.Min() <= Distribution.Rounding && (no is not { } other || Distribution.IsWhole(yes + other)) && (Flag(answer) is not { } flag || flag == yes >= 0.5);
        return isOne
            ? OfPredicate(question, yes, Confidence(answer), Mass(answer))
            : Missing(question, Undecided, Mass(answer));
    }

    private static ChatDecisionAnswer ReadChoice(ChatQuestion question, JsonElement answer)
    {
        ChatDecisionProbability[] probabilities = Distribution.OfChoice(question, answer.Any("probabilities"));
        ChatDecisionProbability? likeliest = Likeliest(probabilities);
        if (answer.Any("choice") is not { } said)
        {
            return likeliest is not null ? OfChoice(question, Array.Find(question.Options, option => Equals(option.Value, likeliest.Value))!, probabilities, Confidence(answer), Mass(answer))
                : Missing(question, answer.Any("probabilities") is null ? NoAnswer : Undecided, Mass(answer));
        }

        return Distribution.Option(question, said) is { } option && (likeliest is null || likeliest.Probability <= Of(option) + Distribution.Rounding)
            ? OfChoice(question, option, probabilities, Confidence(answer), Mass(answer))
            : Missing(question, Undecided, Mass(answer));

        double Of(ChatQuestionOption option) => Array.Find(probabilities, each => Equals(each.Value, option.Value))?.Probability ?? 0;
    }

    private static ChatDecisionAnswer ReadScore(ChatQuestion question, JsonElement answer)
    {
        (ChatDecisionProbability[] probabilities, int first) = Distribution.OfScore(question, answer.Any("probabilities"));
        double last = question.Levels.Length - 1;
        return (answer.Number("score") - first ?? Mean(question, probabilities)) is not { } score ? Missing(question, answer.Any("probabilities") is null ? NoAnswer : Undecided, Mass(answer))
            : score >= -Distribution.Rounding && score <= last + Distribution.Rounding
                ? OfScore(question, Math.Min(Math.Max(score, 0), last), probabilities, Confidence(answer), Mass(answer))
                : Missing(question, Undecided, Mass(answer));
    }

    // The kinds by all the names that are known. What has another name is read by what it holds.
    private static ChatQuestionType? TypeOf(JsonElement answer) => answer.TextOf("type")?.ToUpperInvariant() switch
    {
        "PREDICATE" or "NOUL" or "YES_NO" => ChatQuestionType.Predicate,
        "CHOICE" => ChatQuestionType.Choice,
        "SCORE" => ChatQuestionType.Score,
        _ => null,
    };

    // Some say yes or no beside its probability.
    private static bool? Flag(JsonElement answer) => (answer.Any("value") ?? answer.Any("answer") ?? answer.Any("choice")) is not { } said ? null
        : JsonText.Read(said)?.ToUpperInvariant() switch
        {
            "TRUE" or "YES" => true,
            "FALSE" or "NO" => false,
            _ => null,
        };

    // Where the service tells the distribution alone. Its sum may be off by rounding.
    private static double? Mean(ChatQuestion question, ChatDecisionProbability[] probabilities)
    {
        double sum = probabilities.Sum(each => each.Probability);
        return sum > 0 ? probabilities.Sum(each => each.Probability * ((int)each.Value - question.Levels[0].Value)) / sum : null;
    }

    private static ChatDecisionProbability? Likeliest(ChatDecisionProbability[] probabilities)
    {
        ChatDecisionProbability? likeliest = null;
        foreach (ChatDecisionProbability each in probabilities)
        {
            likeliest = likeliest is null || each.Probability > likeliest.Probability ? each : likeliest;
        }

        return likeliest;
    }

    private static double? Confidence(JsonElement answer) => answer.Share("confidence");

    private static double? Mass(JsonElement answer) => answer.Share("label_mass") ?? answer.Share("option_mass");
}
