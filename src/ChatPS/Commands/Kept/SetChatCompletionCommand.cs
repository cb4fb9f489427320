using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Kept;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Changes the notes that are kept with a chat completion.</summary>
[Cmdlet(VerbsCommon.Set, "ChatCompletion", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(ChatCompletion))]
public sealed class SetChatCompletionCommand : StoredAnswerCmdlet
{
    private IReadOnlyDictionary<string, string> _metadata = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The notes, in place of those that were there.</summary>
    [Parameter(Position = 1, Mandatory = true, HelpMessage = "The notes, in place of those that were there.")]
    public IDictionary Metadata { get; set; } = new Hashtable();

    /// <summary>Emits the changed completion.</summary>
    [Parameter(HelpMessage = "Emits the changed completion.")]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action => "Set metadata";

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _metadata = PlainObject.ToStrings(Metadata)!;
    }

    private protected override async Task<object?> DoAsync(ServiceConnection service, string id, CallSettings call, CancellationToken cancellationToken)
    {
        ChatCompletion changed = await service.StoredCompletions.UpdateAsync(id, _metadata, call, cancellationToken);
        return PassThru ? changed : null;
    }
}
