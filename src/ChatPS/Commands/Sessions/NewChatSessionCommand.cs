using System.Collections;
using System.Management.Automation;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Makes a conversation that goes on from one command to the next.</summary>
[Cmdlet(VerbsCommon.New, "ChatSession")]
[OutputType(typeof(ChatSession))]
public sealed class NewChatSessionCommand : PSCmdlet
{
    /// <summary>The instructions that stand before the conversation.</summary>
    [Parameter(Position = 0, HelpMessage = "The instructions that stand before the conversation.")]
    public string? System { get; set; }

    /// <summary>A name for people.</summary>
    [Parameter(HelpMessage = "A name for people.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The model.</summary>
    [Parameter(HelpMessage = "The model.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The connection.</summary>
    [Parameter(HelpMessage = "The connection.")]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? Connection { get; set; }

    /// <summary>Other parameters of Invoke-ChatCompletion.</summary>
    [Parameter(HelpMessage = "Other parameters of Invoke-ChatCompletion.")]
    public IDictionary? Parameter { get; set; }

    /// <summary>Messages to begin with.</summary>
    [Parameter(HelpMessage = "Messages to begin with.")]
    [ValidateNotNullOrEmpty]
    public object[] Message { get; set; } = [];

    /// <summary>The tools that the model may call.</summary>
    [Parameter(HelpMessage = "The tools that the model may call.")]
    [ValidateNotNullOrEmpty]
    public object[] Tool { get; set; } = [];

    /// <summary>The most messages to send.</summary>
    [Parameter(HelpMessage = "The most messages to send.")]
    public int? MaxMessage { get; set; }

    /// <summary>The most tokens to send, by estimate.</summary>
    [Parameter(HelpMessage = "The most tokens to send, by estimate.")]
    public int? MaxToken { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(Create());
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, target: null));
        }
    }

    private ChatSession Create()
    {
        string id = Guid.NewGuid().ToString();
        return new ChatSession
        {
            Id = id,
            Name = Name ?? $"Session-{id.Substring(0, 8)}",
            System = string.IsNullOrEmpty(System) ? null : System,
            Model = Model,
            Connection = Connection,
            Parameters = SessionParameters.Read(Parameter),
            Tools = Tool,
            MaxMessage = SessionLimits.Check(MaxMessage, nameof(MaxMessage)),
            MaxToken = SessionLimits.Check(MaxToken, nameof(MaxToken)),
            Messages = [.. MessageConverter.Convert(Message)],
        };
    }
}
