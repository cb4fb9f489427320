using System.Management.Automation;
using ChatPS.Client.BatchRequests;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Waits until the service is done with batches, and starts what waits for its turn.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ChatBatch", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ChatBatch), typeof(ChatJob))]
public sealed class WaitChatBatchCommand : BatchFileCmdlet
{
    private TimeSpan? _limit;

    /// <summary>How many seconds to wait for each batch; without end if not given.</summary>
    [Parameter(HelpMessage = "How many seconds to wait for each batch; without end if not given.")]
    [Runs]
    public override double TimeoutSec { get; set; }

    // Whoever waits does nothing.
    private protected override int MaxConcurrency => int.MaxValue;

    private protected override TimeSpan? AttemptLimit => null;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _limit = IsBound(nameof(TimeoutSec)) ? Require(() => Seconds.ToTimeSpan(TimeoutSec, "-TimeoutSec")) : null;
    }

    private protected override void Take(ServiceConnection service, string path, object item) =>
        Wait(item, (settings, seen, token) => service.Batches.WaitAsync(path, settings, seen, token));

    private protected override void TakeJob(ServiceConnection service, string id, object item) =>
        Wait(item, (settings, seen, token) => service.Batches.WaitForJobAsync(id, settings, seen, token));

    private void Wait(object item, Func<CallSettings, Action<ChatBatch>, CancellationToken, Task<ChatBatch>> wait) => Run(item, async (output, token) =>
    {
        ChatBatch? last = null;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (_limit is { } limit)
        {
            over.CancelAfter(limit);
        }

        try
        {
            return await wait(Call(output), seen => last = seen, over.Token);
        }
        catch (Exception exception) when (over.IsCancellationRequested && !token.IsCancellationRequested && exception is OperationCanceledException or ChatServiceException { ErrorId: ErrorIds.Timeout })
        {
            throw new ChatServiceException(
                ErrorIds.Timeout,
                FormattableString.Invariant($"The batch was not done after {TimeoutSec:0.###} s{Far(last)}. The service goes on."),
                "Wait again with Wait-ChatBatch, and give -TimeoutSec a larger value or leave it out.");
        }
    });

    private static string Far(ChatBatch? last) => last is null ? "" : FormattableString.Invariant($": it is {last.Status}, with {last.Completed ?? 0} of {last.Total ?? 0} requests answered");
}
