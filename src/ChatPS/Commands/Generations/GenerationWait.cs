using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>A wait for many tasks, which may have an end of its own.</summary>
/// <param name="atOnce">How many tasks are looked at at a time.</param>
/// <param name="limit">How long to wait in all; null for no limit.</param>
/// <param name="any">Whether the first task that ends is enough.</param>
internal sealed class GenerationWait(int atOnce, TimeSpan? limit, bool any) : IDisposable
{
    private readonly GenerationWaiter _waiter = new(atOnce);
    private readonly CancellationTokenSource _enough = new();
    private readonly object _lock = new();
    private GenerationListener? _listener;
    private Task? _limit;
    private int _ended;

    /// <summary>Hears services call back from now on, so that a task is looked at as soon as there is something to see.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ChatServiceException">The port cannot be had.</exception>
    public Uri Listen(int port) => (_listener = GenerationListener.Start(port, _waiter)).Address;

    /// <summary>Waits for a task.</summary>
    /// <param name="service">Its connection.</param>
    /// <param name="task">The task.</param>
    /// <param name="settings">What calls do otherwise.</param>
    /// <param name="output">Takes the error where the time is up.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The task at its end; null where it is not to be emitted.</returns>
    public async Task<ChatGeneration?> ForAsync(ServiceConnection service, ChatGeneration task, CallSettings settings, ItemOutput output, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _enough.Token);
        LastLook last = new(task);
        Task<ChatGeneration> end = EndAsync();
        if (limit is not null && await Task.WhenAny(end, Limit()) != end)
        {
            over.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            if (!_enough.IsCancellationRequested)
            {
                output.Fail(last.Task, last.TooLong(limit.Value));
            }

            return null;
        }

        try
        {
            ChatGeneration ended = await end;
            return !any ? ended : IsFirst() ? ended : null;
        }
        catch (OperationCanceledException) when (_enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        async Task<ChatGeneration> EndAsync()
        {
            settings.Watch?.Sees(task);

            // What only the history tells of its end has to be looked at for its results.
            ChatGeneration known = task is { IsDone: true, Raw.Length: 0 } ? await service.Generations.LookAsync(task, settings, over.Token) : task;
            ChatGeneration ended = await _waiter.WaitAsync(service.Generations, known, settings, See, last.Miss, over.Token);
            See(ended);
            return ended;
        }

        void See(ChatGeneration now)
        {
            last.See(now);
            settings.Watch?.Sees(now);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _enough.Cancel();
        _enough.Dispose();
        _listener?.Dispose();
        _waiter.Dispose();
    }

    // It begins with the wait for the first task.
    private Task Limit()
    {
        lock (_lock)
        {
            return _limit ??= Task.Delay(limit!.Value, _enough.Token);
        }
    }

    private bool IsFirst()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return false;
        }

        _enough.Cancel();
        return true;
    }
}
