using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Adds items to conversations that the service keeps.</summary>
[Cmdlet(VerbsCommon.Add, "ChatConversationItem", DefaultParameterSetName = ConversationSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatConversationItem))]
public sealed class AddChatConversationItemCommand : ResourceCmdlet
{
    private const string IdSet = "Id";
    private const string ConversationSet = "Conversation";
    private const int MostItems = 20;

    /// <summary>The id of the conversation.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IdSet, HelpMessage = "The id of the conversation.")]
    [ValidateNotNullOrEmpty]
    public string ConversationId { get; set; } = "";

    /// <summary>A conversation.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConversationSet, HelpMessage = "A conversation, from the pipeline.")]
    public ChatConversation? Conversation { get; set; }

    /// <summary>The items: texts of the user, messages, or hashtables.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "The items, at most 20: texts of the user, messages, or hashtables.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ConversationSet, HelpMessage = "The items, at most 20: texts of the user, messages, or hashtables.")]
    [ValidateNotNullOrEmpty]
    public object[] Item { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object item = (object?)Conversation ?? ConversationId;
        Attempt(item, () => Add(item));
    }

    private void Add(object target)
    {
        if (Item.Length > MostItems)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Item has {Item.Length} items; a request takes at most {MostItems}."), "Give -Item fewer items, and call it again for the rest.");
        }

        ResourceFields fields = new();
        fields.PutList("items", Array.ConvertAll(Item, AsItem), "-Item");
        fields.Check();
        ServiceConnection service = Connected(Conversation?.Connection);
        ResourcePlace place = new(Conversation?.Id ?? ConversationId, "") { Input = target };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {Item.Length} items")))
        {
            Run(target, async (output, token) =>
            {
                foreach (ChatConversationItem added in await service.Resources.CreateManyAsync(ResourceKinds.ConversationItem, place, fields.Values, Call(output), token))
                {
                    await output.EmitAsync(added, token);
                }

                return null;
            });
        }
    }

    private static object AsItem(object item) => Bare.Of(item) switch
    {
        string text => Message("user", text),
        ChatMessage message => Message(message.Role, message.Text),
        _ => item,
    };

    private static Dictionary<string, object?> Message(string role, string text) => new(StringComparer.Ordinal) { ["type"] = "message", ["role"] = role, ["content"] = text };
}
