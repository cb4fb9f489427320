using System.Management.Automation;
using ChatPS.Client.Sessions;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Copies a conversation, so that it can go on in two ways.</summary>
[Cmdlet(VerbsCommon.Copy, "ChatSession", DefaultParameterSetName = FirstSet)]
[OutputType(typeof(ChatSession))]
public sealed class CopyChatSessionCommand : PSCmdlet
{
    private const string FirstSet = "First";
    private const string LastSet = "Last";

    /// <summary>The session.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The session.")]
    public ChatSession Session { get; set; } = new();

    /// <summary>The copy's name.</summary>
    [Parameter(HelpMessage = "The copy's name.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How many messages to take from the beginning.</summary>
    [Parameter(ParameterSetName = FirstSet, HelpMessage = "How many messages to take from the beginning.")]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many messages to take from the end.</summary>
    [Parameter(ParameterSetName = LastSet, Mandatory = true, HelpMessage = "How many messages to take from the end.")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        ChatMessage[] messages = Session.Messages;
        ChatMessage[] taken = ParameterSetName == LastSet ? ConversationLimit.Last(messages, Last)
            : First is { } count ? ConversationLimit.First(messages, count)
            : messages;
        WriteObject(SessionCopy.Fork(Session, taken, Name ?? Session.Name));
    }
}
