using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Resources;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Adds items to conversations that the service keeps.</summary>
[Cmdlet(VerbsCommon.Add, "ChatConversationItem", SupportsShouldProcess = true)]
[OutputType(typeof(ChatConversationItem))]
public sealed class AddChatConversationItemCommand : ResourceCmdlet
{
    /// <summary>The conversation, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The conversation, or its id.")]
    [Alias("ConversationId")]
    public object? Conversation { get; set; }

    /// <summary>The items: texts of the user, messages, or hashtables.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The items, at most 20: texts of the user, messages, or hashtables.")]
    [ValidateNotNullOrEmpty]
    public object[] Item { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object? target = MyInvocation.ExpectingInput && Item.Length == 1 ? Item[0] : Conversation;
        Attempt(target, () => Add(target));
    }

    private void Add(object? target)
    {
        (ChatConversation conversation, object[] items) = KeptPlace.Sort<ChatConversation>(Conversation, Item, "-Conversation");
        ResourceFields fields = new();
        fields.PutItems("items", items, "-Item");
        fields.Check();
        ServiceConnection service = Connected(conversation.Connection);
        ResourcePlace place = new(conversation.Id, "") { Input = target };
        if (ShouldProcess(place.Parent, FormattableString.Invariant($"Add {items.Length} items")))
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
}
