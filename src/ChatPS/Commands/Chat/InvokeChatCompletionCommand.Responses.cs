using System.Management.Automation;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

// What services have that keep the conversation, and that have tools of their own.
public sealed partial class InvokeChatCompletionCommand
{
    /// <summary>Tools that the service itself runs: their names, or hashtables with <c>type</c>.</summary>
    [Parameter(HelpMessage = "Tools that the service itself runs: their names, or hashtables with type.")]
    [Asks]
    [ArgumentCompleter(typeof(BuiltInToolCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? BuiltInTool { get; set; }

    /// <summary>What the service tells of the model's reasoning.</summary>
    [Parameter(HelpMessage = "What the service tells of the model's reasoning.")]
    [Asks]
    [ArgumentCompleter(typeof(ReasoningSummaryCompleter))]
    public string? ReasoningSummary { get; set; }

    /// <summary>The id of the answer to go on from, which the service keeps.</summary>
    [Parameter(HelpMessage = "The id of the answer to go on from, which the service keeps.")]
    [ValidateNotNullOrEmpty]
    public string? PreviousResponseId { get; set; }

    /// <summary>The id of the conversation to go on with, which the service keeps.</summary>
    [Parameter(HelpMessage = "The id of the conversation to go on with, which the service keeps.")]
    [Asks(InPromptFile = false)]
    [ValidateNotNullOrEmpty]
    public string? ConversationId { get; set; }

    /// <summary>Lets the service work in the background, and waits for it.</summary>
    [Parameter(HelpMessage = "Lets the service work in the background, and waits for it.")]
    [Asks(InPromptFile = false)]
    public SwitchParameter Background { get; set; }

    private ChatRequest WithServiceState(ChatRequest template)
    {
        if (PreviousResponseId is not null && Session is not null)
        {
            throw Failures.Invalid("-PreviousResponseId does not go with -Session: each says what goes before.", "Leave out one of the two.");
        }

        return template with
        {
            BuiltInTools = ServiceForms.BuiltInTools(BuiltInTool),
            ReasoningSummary = ReasoningSummary,
            PreviousResponseId = PreviousResponseId,
            ConversationId = ConversationId,
            Background = Background,
        };
    }
}
