using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Questions;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Makes a question with a typed answer.</summary>
[Cmdlet(VerbsCommon.New, "ChatQuestion", DefaultParameterSetName = PredicateSet)]
[OutputType(typeof(ChatQuestion))]
public sealed class NewChatQuestionCommand : PSCmdlet
{
    private const string PredicateSet = "Predicate";
    private const string ChoiceSet = "Choice";
    private const string LevelSet = "Level";
    private const string ScaleSet = "Scale";

    /// <summary>The name of the answer, and of the property that it becomes.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the answer, and of the property that it becomes.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>What is asked.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "What is asked.")]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = "";

    /// <summary>For yes or no: what yes means.</summary>
    [Parameter(ParameterSetName = PredicateSet, HelpMessage = "For yes or no: what yes means.")]
    public string? Yes { get; set; }

    /// <summary>For yes or no: what no means.</summary>
    [Parameter(ParameterSetName = PredicateSet, HelpMessage = "For yes or no: what no means.")]
    public string? No { get; set; }

    /// <summary>The options: a list, or an ordered hashtable from each to what it means.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChoiceSet, HelpMessage = "The options: a list, or an ordered hashtable from each to what it means.")]
    [AllowEmptyCollection]
    [AllowNull]
    public object? Choice { get; set; }

    /// <summary>The levels from the lowest to the highest: a list, or an ordered hashtable from each to what it means.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LevelSet, HelpMessage = "The levels from the lowest to the highest: a list, or an ordered hashtable from each to what it means.")]
    [AllowEmptyCollection]
    [AllowNull]
    public object? Level { get; set; }

    /// <summary>The number of the lowest level.</summary>
    [Parameter(ParameterSetName = LevelSet, HelpMessage = "The number of the lowest level.")]
    [Parameter(Mandatory = true, ParameterSetName = ScaleSet, HelpMessage = "The number of the lowest level.")]
    public int Minimum { get; set; }

    /// <summary>The number of the highest level.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScaleSet, HelpMessage = "The number of the highest level.")]
    public int Maximum { get; set; }

    /// <summary>How likely the answer must be, 0.5 to 1, not to count as unsure.</summary>
    [Parameter(HelpMessage = "How likely the answer must be, 0.5 to 1, not to count as unsure.")]
    public double Threshold { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            ChatQuestion question = Make();
            QuestionRules.Check(question, "New-ChatQuestion");
            WriteObject(question);
        }
        catch (ChatServiceException failure)
        {
            ThrowTerminatingError(Errors.ToRecord(failure, Name));
        }
    }

    private ChatQuestion Make()
    {
        double? threshold = IsBound(nameof(Threshold)) ? Threshold : null;
        return ParameterSetName switch
        {
            ChoiceSet => new ChatQuestion { Name = Name, Type = ChatQuestionType.Choice, Text = Text, Options = QuestionLabels.Options(Choice, "-Choice"), Threshold = threshold },
            LevelSet => Score(QuestionLabels.Levels(Level, IsBound(nameof(Minimum)) ? Minimum : null, "-Level"), threshold),
            ScaleSet => Score(QuestionLevels.Between(Minimum, Maximum, "-Minimum and -Maximum"), threshold),
            _ when Yes is null && No is null => QuestionLine.Read(Text.Trim(), Name, "-Text", threshold),
            _ => new ChatQuestion { Name = Name, Text = Text, Yes = Yes, No = No, Threshold = threshold },
        };
    }

    private ChatQuestion Score(ChatQuestionLevel[] levels, double? threshold) => new() { Name = Name, Type = ChatQuestionType.Score, Text = Text, Levels = levels, Threshold = threshold };

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
