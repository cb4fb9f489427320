using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Gets chat completions that a service keeps.</summary>
[Cmdlet(VerbsCommon.Get, "ChatCompletion", DefaultParameterSetName = IdSet)]
[OutputType(typeof(ChatCompletion))]
public sealed class GetChatCompletionCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ListSet = "List";
    private const string ObjectSet = "InputObject";

    /// <summary>The ids of completions; all if not given.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The ids of completions; all if not given.")]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>A completion to fetch again.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A completion to fetch again.")]
    public ChatCompletion? InputObject { get; set; }

    /// <summary>Only completions of this model.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only completions of this model.")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Only completions that are kept with these notes.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only completions that are kept with these notes.")]
    public IDictionary? Metadata { get; set; }

    /// <summary>The most completions to get.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "The most completions to get.")]
    public int First { get; set; }

    /// <summary>Begins with the newest.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Begins with the newest.")]
    public SwitchParameter Descending { get; set; }

    /// <summary>Fetches the conversation of each completion, too.</summary>
    [Parameter(HelpMessage = "Fetches the conversation of each completion, too.")]
    public SwitchParameter IncludeMessage { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } completion)
        {
            Attempt(completion, () => Fetch(Connected(completion.Connection), StoredCompletion.IdOf(completion), completion));
        }
        else if (Id is { } ids)
        {
            foreach (string id in ids)
            {
                Attempt(id, () => Fetch(Connected(), id, id));
            }
        }
        else
        {
            Attempt(null, () => List(Connected(), Filter()));
        }
    }

    private StoredCompletionFilter Filter()
    {
        StoredCompletionFilter filter = new() { Model = Model, Metadata = PlainObject.ToStrings(Metadata), Descending = Descending, First = Given(nameof(First), First) };
        filter.Validate();
        return filter;
    }

    private void Fetch(ServiceConnection service, string id, object target) =>
        Run(target, async (output, token) => await GetAsync(service, id, Call(output), token));

    private void List(ServiceConnection service, StoredCompletionFilter filter) => Run(null, async (output, token) =>
    {
        CallSettings call = Call(output);
        await foreach (ChatCompletion completion in service.StoredCompletions.ListAsync(filter, call, token))
        {
            if (IncludeMessage)
            {
                await EmitWithMessagesAsync(service, completion, call, output, token);
            }
            else
            {
                await output.EmitAsync(completion, token);
            }
        }

        return null;
    });

    // The conversation of one that cannot be read leaves the others alone.
    private async Task EmitWithMessagesAsync(ServiceConnection service, ChatCompletion completion, CallSettings call, ItemOutput output, CancellationToken token)
    {
        ChatCompletion whole;
        try
        {
            whole = await GetAsync(service, StoredCompletion.IdOf(completion), call, token);
        }
        catch (ChatServiceException failure)
        {
            output.Fail(completion, failure);
            return;
        }

        await output.EmitAsync(whole, token);
    }

    private async Task<ChatCompletion> GetAsync(ServiceConnection service, string id, CallSettings call, CancellationToken token)
    {
        IReadOnlyList<ChatMessage> conversation = IncludeMessage ? await service.StoredCompletions.GetMessagesAsync(id, call, token) : [];
        return await service.StoredCompletions.GetAsync(id, conversation, call, token);
    }
}
