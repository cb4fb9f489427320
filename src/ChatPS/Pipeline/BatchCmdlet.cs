using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Parameters;
using ChatPS.Scheduling;

namespace ChatPS.Pipeline;

/// <summary>What cmdlets do whose pipeline items travel several in one request. Each item gets an answer or an error of its own.</summary>
public abstract class BatchCmdlet : BudgetCmdlet
{
    private protected BatchCmdlet()
    {
    }

    /// <summary>Hands the requests in as one batch, which the service answers in its own time for less, and emits that.</summary>
    [Parameter(HelpMessage = "Hands the requests in as one batch, which the service answers in its own time for less, and emits that.")]
    [Runs]
    public SwitchParameter AsBatch { get; set; }

    /// <summary>The file that remembers the batch; one in the configuration folder if not given.</summary>
    [Parameter(HelpMessage = "The file that remembers the batch; one in the configuration folder if not given.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? BatchPath { get; set; }

    /// <summary>Finds out whether the requests are handed in as a batch.</summary>
    /// <returns>Whether they are.</returns>
    /// <exception cref="ChatServiceException">A path was given for a batch, and none is to be made.</exception>
    private protected bool HandsIn() => AsBatch || BatchPath is null
        ? AsBatch
        : throw Failures.Invalid($"-BatchPath is '{BatchPath}', but -AsBatch was not given.", "Give -AsBatch, or leave -BatchPath out.");

    /// <summary>Sends items that go together, and writes what each of them comes to, in their order.</summary>
    /// <typeparam name="T">What a request carries of an item.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="ask">Asks for what is to be written for those that are not stored: as many objects, in their order. A <see cref="ChatServiceException"/> is the error of its item.</param>
    /// <param name="restore">Reads what is to be written for one that is.</param>
    private protected void Run<T>(
        IReadOnlyList<BatchItem<T>> items,
        Func<ServiceConnection, IReadOnlyList<T>, CallSettings, CancellationToken, Task<IEnumerable<object>>> ask,
        Func<ServiceConnection, T, object> restore)
    {
        ServiceConnection service;
        try
        {
            service = Connected();
        }
        catch (ChatServiceException failure)
        {
            foreach (BatchItem<T> item in items)
            {
                Fail(item.Input, failure);
            }

            return;
        }

        Run(items.Count == 1 ? items[0].Input : null, WriteAsync, items.Count);

        async Task<object?> WriteAsync(ItemOutput output, CancellationToken cancellationToken)
        {
            T[] asked = [.. items.Where(item => !item.IsStored).Select(item => item.Content)];
            Queue<object> answers = [];
            ChatServiceException? failure = null;
            try
            {
                answers = new Queue<object>(asked.Length == 0 ? [] : await ask(service, asked, Call(output), cancellationToken));
            }
            catch (Exception exception) when (!Errors.EndsPipeline(exception, cancellationToken) && !Errors.EndsRun(failure = Failures.Unexpected(exception)))
            {
                // Told below, for each item.
            }

            // A failure of the request is that of each of its items. One that ends the run does so once the answers are out.
            ChatServiceException? end = null;
            foreach (BatchItem<T> item in items)
            {
                object answer = item.IsStored ? Stored(item) : failure ?? answers.Dequeue();
                if (answer is not ChatServiceException failed)
                {
                    await output.EmitAsync(answer, cancellationToken);
                }
                else if (Errors.EndsRun(failed))
                {
                    end = failed;
                }
                else
                {
                    output.Fail(item.Input, failed, item.Index);
                }
            }

            return end is null ? null : throw end;
        }

        object Stored(BatchItem<T> item)
        {
            try
            {
                return restore(service, item.Content);
            }
            catch (ChatServiceException failure)
            {
                return failure;
            }
        }
    }
}
