using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Gets responses that a service keeps or is at work on.</summary>
[Cmdlet(VerbsCommon.Get, "ChatResponse", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatCompletion))]
public sealed class GetChatResponseCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of responses.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of responses.")]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>An answer to fetch again.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "An answer to fetch again.")]
    public ChatCompletion? InputObject { get; set; }

    /// <summary>Fetches the conversation of each response, too.</summary>
    [Parameter(HelpMessage = "Fetches the conversation of each response, too.")]
    public SwitchParameter IncludeMessage { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } completion)
        {
            Attempt(completion, () => Fetch(Connected(completion.Connection), StoredCompletion.IdOf(completion), completion));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Fetch(Connected(), id, id));
        }
    }

    private void Fetch(ServiceConnection service, string id, object target) => Run(target, async (output, token) =>
    {
        CallSettings call = Call(output);
        IReadOnlyList<ChatMessage> conversation = IncludeMessage ? await service.Responses.GetMessagesAsync(id, call, token) : [];
        return await service.Responses.GetAsync(id, conversation, call, token);
    });
}
