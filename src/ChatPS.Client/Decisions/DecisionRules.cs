using ChatPS.Client.Chat;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>Finds what no service, or none of a form, takes, before anything is sent.</summary>
internal static class DecisionRules
{
    /// <summary>Checks what is the same everywhere.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ChatServiceException">Something is wrong; it says what.</exception>
    public static void Check(DecisionRequest request)
    {
        if (request.Questions.Count == 0)
        {
            throw Failures.Invalid("-Question is empty.", "Ask at least one question, such as 'refund: does the customer want money back?'.");
        }

        if (request.Data is null && request.Messages.All(message => message.IsEmpty() && message.ToolCalls.Count == 0))
        {
            throw Failures.Invalid("There is nothing that the questions are about.", "Give text, a file or an object.");
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (ChatQuestion question in request.Questions)
        {
            Check(question);
            if (!names.Add(question.Name))
            {
                throw Failures.Invalid($"-Question: two questions are called '{ParameterRules.OnOneLine(question.Name)}'.", "Give each a name of its own.");
            }
        }
    }

    /// <summary>Checks what a form allows.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">The name of the form.</param>
    /// <param name="options">The most options of a choice.</param>
    /// <param name="levels">The most levels of a score.</param>
    /// <param name="tellsBooleans">Whether a boolean and its text are two options.</param>
    /// <exception cref="ChatServiceException">Something goes beyond that; it says what.</exception>
    public static void Check(DecisionRequest request, string form, int options, int levels, bool tellsBooleans)
    {
        foreach (ChatQuestion question in request.Questions)
        {
            if (question.Options.Length > options)
            {
                throw Of(question, FormattableString.Invariant($"{question.Options.Length} options; the form {form} takes at most {options}"), "Give it fewer options, or let a chat model answer: -Form Chat.");
            }

            if (question.Levels.Length > levels)
            {
                throw Of(question, FormattableString.Invariant($"{question.Levels.Length} levels; the form {form} takes at most {levels}"), "Give it fewer levels, or let a chat model answer: -Form Chat.");
            }

            if (!tellsBooleans && Repeated(question.Options.Select(option => option.Label())) is { } label)
            {
                throw Of(question, $"the option '{label}' as a boolean and as text, which the form {form} does not tell apart", "Leave out one of the two.");
            }
        }
    }

    private static void Check(ChatQuestion question)
    {
        if (string.IsNullOrWhiteSpace(question.Name))
        {
            throw Failures.Invalid("-Question: a question has no name.", "Give it one, such as 'refund: does the customer want money back?'.");
        }

        if (string.IsNullOrWhiteSpace(question.Text))
        {
            throw Of(question, "no text", "Say what is asked.");
        }

        if (question.Type == ChatQuestionType.Choice && question.Options.Length < 2)
        {
            throw Of(question, FormattableString.Invariant($"{Counted.Of(question.Options.Length, "option")}; a choice needs 2 or more"), "Give it more options.");
        }

        if (Array.Exists(question.Options, option => option.Value is not (bool or string) || string.IsNullOrWhiteSpace(option.Label())))
        {
            throw Of(question, "an option that is empty, or neither text nor a boolean", "Give each option a text, or $true or $false.");
        }

        if (Repeated(question.Options.Select(option => $"{option.Value.GetType().Name} {option.Label()}")) is not null)
        {
            throw Of(question, "the same option twice", "Leave out one of the two.");
        }

        if (question.Type == ChatQuestionType.Score && question.Levels.Length < 2)
        {
            throw Of(question, FormattableString.Invariant($"{Counted.Of(question.Levels.Length, "level")}; a score needs 2 or more"), "Give it more levels.");
        }

        if (Array.Exists(question.Levels, level => string.IsNullOrWhiteSpace(level.Label)))
        {
            throw Of(question, "a level without a name", "Give each level a name, or its number.");
        }

        for (int place = 1; place < question.Levels.Length; place++)
        {
            if (question.Levels[place].Value != question.Levels[0].Value + place)
            {
                throw Of(question, FormattableString.Invariant($"the level {question.Levels[place].Value} after {question.Levels[place - 1].Value}"), "Number the levels one after the other, from the lowest to the highest.");
            }
        }
    }

    private static string? Repeated(IEnumerable<string> labels)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return labels.FirstOrDefault(label => !seen.Add(label));
    }

    private static ChatServiceException Of(ChatQuestion question, string what, string advice) =>
        Failures.Invalid($"-Question '{ParameterRules.OnOneLine(question.Name)}' has {what}.", advice);
}
