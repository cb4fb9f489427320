using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Scheduling;
using ChatPS.Tools;

namespace ChatPS.Commands;

/// <summary>Makes a tool that a model may call from a command or a script block.</summary>
[Cmdlet(VerbsCommon.New, "ChatTool", DefaultParameterSetName = CommandSet)]
[OutputType(typeof(ChatTool))]
public sealed class NewChatToolCommand : PSCmdlet
{
    private const string CommandSet = "Command";
    private const string ScriptSet = "ScriptBlock";

    /// <summary>The cmdlet, function or script, or its name.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = CommandSet, HelpMessage = "The cmdlet, function or script, or its name.")]
    [ValidateNotNull]
    public object? Command { get; set; }

    /// <summary>The script that is called, with param().</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScriptSet, HelpMessage = "The script that is called, with param().")]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>The name that the model calls the tool by.</summary>
    [Parameter(ParameterSetName = CommandSet, HelpMessage = "The name that the model calls the tool by.")]
    [Parameter(Mandatory = true, ParameterSetName = ScriptSet, HelpMessage = "The name that the model calls the tool by.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What the model is told about the tool.</summary>
    [Parameter(HelpMessage = "What the model is told about the tool.")]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Arguments that are bound already and that the model never sees.</summary>
    [Parameter(HelpMessage = "Arguments that are bound already and that the model never sees.")]
    [ValidateNotNull]
    public IDictionary? FixedArgument { get; set; }

    /// <summary>The parameters that the model sees; all if not given.</summary>
    [Parameter(HelpMessage = "The parameters that the model sees; all if not given.")]
    [ValidateNotNull]
    public string[]? Parameter { get; set; }

    /// <summary>How many seconds a call may run.</summary>
    [Parameter(HelpMessage = "How many seconds a call may run.")]
    public double TimeoutSec { get; set; } = ToolOptions.StandardTimeout.TotalSeconds;

    /// <summary>The most characters of output that the model is given.</summary>
    [Parameter(HelpMessage = "The most characters of output that the model is given.")]
    public int MaxOutputLength { get; set; } = ToolOptions.StandardOutputLength;

    /// <summary>Asks the service to hold the model to the schema exactly.</summary>
    [Parameter(HelpMessage = "Asks the service to hold the model to the schema exactly.")]
    public SwitchParameter Strict { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Create());
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, (object?)ScriptBlock ?? Command));
        }
    }

    private ChatTool Create()
    {
        TimeSpan timeout = Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec");
        if (MaxOutputLength < 1)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-MaxOutputLength is {MaxOutputLength}; it must be 1 or more."), "Give a number of characters, or leave it out.");
        }

        if (Name is null && Bare.Of(Command) is ScriptBlock)
        {
            throw Failures.Invalid("-Command is a script block, which has no name.", "Name the tool with -Name.");
        }

        CommandInfo command = ToolReader.ReadCommand(this, (object?)ScriptBlock ?? Command, ScriptBlock is null ? "-Command" : "-ScriptBlock");
        ToolOptions options = new()
        {
            Name = Name,
            Description = Description,
            FixedArguments = FixedArgument,
            Parameters = Parameter,
            Timeout = timeout,
            MaxOutputLength = MaxOutputLength,
            IsStrict = Strict,
        };
        ToolCommand tool = ToolCommand.Create(command, options, command is ExternalScriptInfo ? Path.GetFileNameWithoutExtension(command.Name) : command.Name);
        if (Strict)
        {
            // What strict services refuse is an error here and not at the first call.
            _ = tool.Definition();
        }

        return tool.Tool;
    }
}
