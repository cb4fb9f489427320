using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Questions;

namespace ChatPS.Commands;

/// <summary>Tells whether the answer to a question of yes or no is yes, for each item.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ChatDecision", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(bool), typeof(PSObject), typeof(ChatJob))]
public sealed class TestChatDecisionCommand : DecisionCmdlet
{
    private double? _threshold;

    /// <summary>The question, such as 'is this spam?', a hashtable, or what New-ChatQuestion makes.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The question, such as 'is this spam?', a hashtable, or what New-ChatQuestion makes.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public object? Question { get; set; }

    /// <summary>How likely a yes must be, 0 to 1; the answer itself counts if not given.</summary>
    [Parameter(HelpMessage = "How likely a yes must be, 0 to 1; the answer itself counts if not given.")]
    [Runs]
    public double Threshold { get; set; }

    /// <summary>Emits the items for which the answer is yes, instead of booleans.</summary>
    [Parameter(HelpMessage = "Emits the items for which the answer is yes, instead of booleans.")]
    [Runs]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ChatQuestion question = Require(ReadQuestion);
        _threshold = Given(nameof(Threshold), Threshold) ?? question.Threshold;
        BeginRun([question], IsBound(nameof(Threshold)) ? "-Threshold was given" : question.Threshold is not null ? "The question has a threshold" : null);
    }

    // What is not known is neither: a filter would let the one pass and drop the other.
    private protected override void Look(ChatDecision decision)
    {
        ChatDecisionAnswer answer = decision.Answers[0];
        if (answer.Missing is { } missing)
        {
            throw Failures.Invalid(
                $"There is no answer to '{Questions[0].Text}' ({missing}).", "Look at the item yourself, or ask another model.");
        }

        if (_threshold is null ? answer.Value is not bool : answer.Probability is null)
        {
            throw Failures.Invalid(
                $"There is a threshold, but {decision.Model ?? "the model"} does not tell how likely its answer is.", "Leave out the threshold, or ask a model or a service that tells probabilities: see about_ChatPS_Decisions.");
        }
    }

    private protected override IEnumerable<object> Make(ChatDecision decision)
    {
        ChatDecisionAnswer answer = decision.Answers[0];
        bool isYes = _threshold is { } threshold ? answer.Probability >= threshold : answer.Value is true;
        return !PassThru ? [isYes] : isYes ? [decision.Input!] : [];
    }

    private ChatQuestion ReadQuestion()
    {
        if (Bare.Of(Question) is object?[] { Length: > 1 } several)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Question: {several.Length} were given; here there is one question."), "Ask several with Invoke-ChatDecision.");
        }

        ChatQuestion question = QuestionReader.Read(Bare.Of(Question) is object?[] { Length: 1 } only ? only : [Question])[0];
        if (question.Type != ChatQuestionType.Predicate)
        {
            throw Failures.Invalid($"-Question: '{question.Text}' is a {(question.Type == ChatQuestionType.Choice ? "choice" : "score")}; here it must be answered by yes or no.", "Ask it with Invoke-ChatDecision, and compare its answer.");
        }

        return IsBound(nameof(Threshold)) && Threshold is not (>= 0 and <= 1)
            ? throw Failures.Invalid(FormattableString.Invariant($"-Threshold is {Threshold}; it must lie between 0 and 1."), $"Give how likely a yes must be, such as 0.9.{QuestionRules.Meant(Threshold, 0)}")
            : question;
    }
}
