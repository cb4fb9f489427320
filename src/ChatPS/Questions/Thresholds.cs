using ChatPS.Client.Faults;

namespace ChatPS.Questions;

/// <summary>How likely answers must be not to count as unsure.</summary>
/// <param name="byName">What each question is held to; those that are not there are held to nothing.</param>
internal sealed class Thresholds(IReadOnlyDictionary<string, double> byName)
{
    /// <summary>Gets whether any question is held to one.</summary>
    public bool Any => byName.Count > 0;

    /// <summary>Finds what holds for each question: what it says itself, else what was given for its name, else what was given for all.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="forAll">What was given for all; null for nothing.</param>
    /// <param name="forNames">What was given by names.</param>
    /// <returns>The thresholds.</returns>
    /// <exception cref="ChatServiceException">One cannot be, or no question has the name.</exception>
    public static Thresholds Of(IReadOnlyList<ChatQuestion> questions, double? forAll, IReadOnlyDictionary<string, double> forNames)
    {
        if (forAll is { } all)
        {
            QuestionRules.CheckThreshold(all, "-Threshold");
        }

        foreach (KeyValuePair<string, double> one in forNames)
        {
            QuestionRules.CheckThreshold(one.Value, $"-Threshold for '{one.Key}'");
            if (!questions.Any(question => string.Equals(question.Name, one.Key, StringComparison.OrdinalIgnoreCase)))
            {
                throw Failures.Invalid($"-Threshold: there is no question '{one.Key}'.", $"The questions are {string.Join(", ", questions.Select(question => question.Name))}.");
            }
        }

        Dictionary<string, double> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (ChatQuestion question in questions)
        {
            double? threshold = question.Threshold ?? (forNames.TryGetValue(question.Name, out double named) ? named : forAll);
            if (threshold is { } least)
            {
                byName[question.Name] = least;
            }
        }

        return new Thresholds(byName);
    }

    /// <summary>Marks the answers that are unsure. One that is missing always is.</summary>
    /// <param name="decision">The answers.</param>
    /// <exception cref="ChatServiceException">An answer is held to a threshold, and nobody told how likely it is.</exception>
    public void Mark(ChatDecision decision)
    {
        foreach (ChatDecisionAnswer answer in decision.Answers)
        {
            answer.Unsure = answer.Missing is not null
                || (byName.TryGetValue(answer.Name, out double threshold) && (Likelihood(answer) ?? throw Unknown(answer, decision)) < threshold);
        }
    }

    /// <summary>How likely the answer is that was given: for a no the probability of no.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The probability; null where it is not known.</returns>
    private static double? Likelihood(ChatDecisionAnswer answer) =>
        answer is { Type: ChatQuestionType.Predicate, Probability: { } yes } ? Math.Max(yes, 1 - yes) : answer.Probability;

    private static ChatServiceException Unknown(ChatDecisionAnswer answer, ChatDecision decision) => Failures.Invalid(
        $"'{answer.Name}' has a threshold, but {decision.Model ?? "the model"} does not tell how likely its answer is.",
        "Leave out the threshold, or ask a model or a service that tells probabilities: see about_ChatPS_Decisions.");
}
