using System.Collections;
using System.Management.Automation;
using ChatPS.Client;

namespace ChatPS.Commands;

/// <summary>Changes the notes that are kept with a chat completion.</summary>
[Cmdlet(VerbsCommon.Set, "ChatCompletion", DefaultParameterSetName = IdSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatCompletion))]
public sealed class SetChatCompletionCommand : ServiceCmdlet
{
    private const string IdSet = "Id";
    private const string ObjectSet = "InputObject";

    private IReadOnlyDictionary<string, string> _metadata = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The ids of completions.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = [];

    /// <summary>A completion.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    public ChatCompletion? InputObject { get; set; }

    /// <summary>The notes, in place of those that were there.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    public IDictionary Metadata { get; set; } = new Hashtable();

    /// <summary>Emits the changed completion.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _metadata = PlainObject.ToStrings(Metadata)!;
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (InputObject is { } completion)
        {
            Attempt(completion, () => Update(StoredCompletion.IdOf(completion), completion, completion.Connection));
            return;
        }

        foreach (string id in Id)
        {
            Attempt(id, () => Update(id, id, connection: null));
        }
    }

    private void Update(string id, object target, string? connection)
    {
        ServiceConnection service = Service(connection);
        if (ShouldProcess(id, "Set metadata"))
        {
            Run(target, async (output, token) =>
            {
                ChatCompletion changed = await service.StoredCompletions.UpdateAsync(id, _metadata, Call(output), token);
                return PassThru ? changed : null;
            });
        }
    }
}
