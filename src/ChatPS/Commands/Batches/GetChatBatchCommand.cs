using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Looks at batches, and lists those that were begun.</summary>
[Cmdlet(VerbsCommon.Get, "ChatBatch", DefaultParameterSetName = KnownSet)]
[OutputType(typeof(ChatBatch), typeof(ChatJob))]
public sealed class GetChatBatchCommand : BatchFileCmdlet
{
    private const string KnownSet = "Known";
    private const string AllSet = "All";

    private readonly SortedSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the service's own jobs, those of other programs included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet, HelpMessage = "Lists the service's own jobs, those of other programs included.")]
    [Runs]
    public SwitchParameter All { get; set; }

    /// <summary>The most batches to list.</summary>
    [Parameter(ParameterSetName = AllSet, HelpMessage = "The most batches to list, the youngest of them.")]
    [Parameter(ParameterSetName = KnownSet, HelpMessage = "The most batches to list, the youngest of them.")]
    [Runs]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AllSet)
        {
            Attempt(null, List);
        }
        else if (ParameterSetName == KnownSet)
        {
            foreach (string path in IsBound(nameof(First)) ? BatchService.KnownPaths().Take(First) : BatchService.KnownPaths())
            {
                int index = NextIndex();
                Attempt(path, () => LookUnlessDone(path), index);
            }
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_missing.Count > 0)
        {
            WriteWarning($"There is no connection {string.Join(", ", _missing.Select(name => $"'{name}'"))}: its batches were not looked at, and are shown as they were last seen.");
        }
    }

    private protected override void Take(ServiceConnection service, string path, object item) =>
        Run(item, async (output, token) => await service.Batches.LookAsync(path, Call(output), token));

    private protected override void TakeJob(ServiceConnection service, string id, object item) =>
        Run(item, async (output, token) => await service.Batches.LookAtJobAsync(id, Call(output), token));

    // What is done stays as it is, and is known without its connection.
    private void LookUnlessDone(string path)
    {
        ChatBatch batch = BatchService.Read(path);
        if (Connection is not null && batch.Connection != Connection)
        {
            return;
        }

        if (batch.IsDone || batch.Status == ChatBatchStatus.Writing || !IsConnected(batch.Connection!))
        {
            Run(path, (_, _) => Task.FromResult<object?>(batch));
        }
        else
        {
            Take(Connected(batch.Connection), path, path);
        }
    }

    private bool IsConnected(string name)
    {
        try
        {
            return Connected(name) is not null;
        }
        catch (ChatServiceException) when (Connection is null)
        {
            _missing.Add(name);
            return false;
        }
    }

    private void List()
    {
        ServiceConnection service = Connected();
        Run(null, async (output, token) =>
        {
            await foreach (ChatBatch batch in service.Batches.ListAsync(Given(nameof(First), First), Call(output), token))
            {
                await output.EmitAsync(batch, token);
            }

            return null;
        });
    }
}
