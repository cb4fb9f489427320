using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Questions;

namespace ChatPS.Commands;

/// <summary>Gets typed answers to questions about each item, with how likely they are.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ChatDecision", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatDecision), typeof(PSObject), typeof(ChatJob))]
public sealed class InvokeChatDecisionCommand : DecisionCmdlet
{
    private Thresholds? _thresholds;
    private DecisionRow? _row;
    private UnsureList? _unsure;

    /// <summary>The questions: lines such as 'refund: money back?', hashtables, or what New-ChatQuestion makes.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The questions: lines such as 'refund: money back?', hashtables, or what New-ChatQuestion makes.")]
    [Asks]
    [Alias("Questions")]
    public object[] Question { get; set; } = [];

    /// <summary>How likely an answer must be not to count as unsure, 0.5 to 1: a number, or a hashtable by questions.</summary>
    [Parameter(HelpMessage = "How likely an answer must be not to count as unsure, 0.5 to 1: a number, or a hashtable by questions.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public object? Threshold { get; set; }

    /// <summary>The variable that takes what is unsure, instead of the output; with a plus before its name it is added to.</summary>
    [Parameter(HelpMessage = "The variable that takes what is unsure, instead of the output; with a plus before its name it is added to.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? UnsureVariable { get; set; }

    /// <summary>Emits what is unsure as well, although it goes to the variable.</summary>
    [Parameter(HelpMessage = "Emits what is unsure as well, although it goes to the variable.")]
    [Runs]
    public SwitchParameter PassUnsure { get; set; }

    /// <summary>Adds a property for each possible answer, with how likely it is.</summary>
    [Parameter(HelpMessage = "Adds a property for each possible answer, with how likely it is.")]
    [Runs]
    public SwitchParameter AllProbability { get; set; }

    /// <summary>Emits the input with the answers added.</summary>
    [Parameter(HelpMessage = "Emits the input with the answers added.")]
    [Runs]
    public SwitchParameter Merge { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ChatQuestion[] questions = Require(ReadQuestions);
        _thresholds = Require(() => ReadThresholds(questions));
        _row = new DecisionRow(questions, AllProbability, Merge);
        BeginRun(questions, !_thresholds.Any ? null : Threshold is not null ? "-Threshold was given" : $"'{questions.First(question => question.Threshold is not null).Name}' has a threshold");
        _unsure = UnsureVariable is null ? null : Require(() => UnsureList.Begin(SessionState.PSVariable, UnsureVariable));
    }

    /// <inheritdoc />
    internal override object Shape(object output) => IsOnlyItem && output is PSObject { BaseObject: ChatDecision } ? AnswerView.Mark(output, AnswerView.Single) : output;

    private protected override void Look(ChatDecision decision) => _thresholds!.Mark(decision);

    private protected override IEnumerable<object> Make(ChatDecision decision)
    {
        PSObject row = _row!.Make(decision);
        if (_unsure is null || !decision.Unsure)
        {
            return [row];
        }

        _unsure.Add(row);
        return PassUnsure ? [row] : [];
    }

    private ChatQuestion[] ReadQuestions()
    {
        ChatQuestion[] questions = QuestionReader.Read(Question);
        QuestionColumns.Check(questions, AllProbability, Merge);
        return questions;
    }

    private Thresholds ReadThresholds(ChatQuestion[] questions)
    {
        Dictionary<string, double> byName = new(StringComparer.OrdinalIgnoreCase);
        double? forAll = null;
        if (Bare.Of(Threshold) is IDictionary table)
        {
            foreach ((object key, object? value) in PlainObject.Entries(table))
            {
                string name = PlainObject.Text(key);
                byName[name] = QuestionNumber.Read<double>(value, $"-Threshold for '{name}'");
            }
        }
        else if (Threshold is not null)
        {
            forAll = QuestionNumber.Read<double>(Threshold, "-Threshold");
        }

        Thresholds thresholds = Thresholds.Of(questions, forAll, byName);
        if (UnsureVariable is not null && AsJob)
        {
            throw Failures.Invalid("-UnsureVariable does not go with -AsJob: a job has no variables of yours.", "Leave it out, and look at Unsure of what Receive-Job gives.");
        }

        return thresholds;
    }
}
