using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Sessions;
using ChatPS.Scheduling;
using ChatPS.Sessions;

namespace ChatPS.Commands;

/// <summary>Leaves out the oldest messages of a conversation.</summary>
[Cmdlet(VerbsData.Limit, "ChatSession", SupportsShouldProcess = true)]
[OutputType(typeof(ChatSession))]
public sealed class LimitChatSessionCommand : PSCmdlet
{
    /// <summary>The session.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The session.")]
    public ChatSession Session { get; set; } = new();

    /// <summary>The most messages to keep.</summary>
    [Parameter(HelpMessage = "The most messages to keep.")]
    public int? MaxMessage { get; set; }

    /// <summary>The most tokens to keep, by estimate.</summary>
    [Parameter(HelpMessage = "The most tokens to keep, by estimate.")]
    public int? MaxToken { get; set; }

    /// <summary>Emits the session.</summary>
    [Parameter(HelpMessage = "Emits the session.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            Trim();
        }
        catch (ChatServiceException failure)
        {
            WriteError(Errors.ToRecord(failure, Session));
        }
    }

    private void Trim()
    {
        bool isGiven = MaxMessage is not null || MaxToken is not null;
        int? messages = SessionLimits.Check(isGiven ? MaxMessage : Session.MaxMessage, nameof(MaxMessage));
        int? tokens = SessionLimits.Check(isGiven ? MaxToken : Session.MaxToken, nameof(MaxToken));
        if (messages is null && tokens is null)
        {
            throw Failures.Invalid($"There is no limit, and the session '{Session.Name}' has none of its own.", "Give -MaxMessage or -MaxToken.");
        }

        // The instructions take room, too.
        ChatMessage[] instructions = Session.System is { } system ? [new ChatMessage("system", system)] : [];
        ChatMessage[] kept = [.. ConversationLimit.Trim([.. instructions, .. Session.Messages], messages, tokens).Skip(instructions.Length)];
        int dropped = Session.Messages.Length - kept.Length;
        if (dropped > 0 && ShouldProcess(Session.Name, FormattableString.Invariant($"Leave out the oldest {dropped} messages")))
        {
            Session.Messages = kept;
        }

        if (PassThru)
        {
            WriteObject(Session);
        }
    }
}
