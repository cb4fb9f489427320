using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>The wait for one task: what it was when it was seen last, and what is forgiven on the way.</summary>
internal sealed class GenerationVigil(ChatGeneration task, CallSettings settings, TimeProvider time, Action<ChatGeneration, CallSettings> warn)
{
    // A task that was handed in a moment ago is not known everywhere yet.
    private static readonly TimeSpan TimeToBeKnown = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LeastBetweenCalls = TimeSpan.FromSeconds(1);

    private const int MostFailures = 10;
    private const int MostEmptyLooks = 3;

    private readonly TaskCompletionSource<ChatGeneration> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = time.GetTimestamp();
    private TaskCompletionSource<bool> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastWoken;
    private int _failures;
    private int _emptyLooks;

    public ChatGeneration Task { get; private set; } = task;

    public CallSettings Settings => settings;

    public Action<ChatGeneration>? Seen { get; init; }

    /// <summary>Gets what ends the wait.</summary>
    public Task<ChatGeneration> Ended => _ended.Task;

    /// <summary>The task was seen.</summary>
    /// <param name="now">The task as it is now.</param>
    public void See(ChatGeneration now)
    {
        _failures = 0;
        Task = now;
        if (now.RawStatus is not null && !now.IsDone && !StatusWords.TryRead(now.RawStatus, out _))
        {
            warn(now, settings);
        }

        Seen?.Invoke(now);
        if (!now.IsDone)
        {
            return;
        }

        // Some services say that they are done a moment before the address is there.
        bool isEmpty = now is { Status: ChatGenerationStatus.Succeeded, Result.Count: 0, Text: null };
        if (isEmpty && _emptyLooks++ < MostEmptyLooks)
        {
            return;
        }

        if (isEmpty)
        {
            settings.Warning?.Invoke($"{now.Service} says that the task {now.Id} has succeeded, and gives no result.");
        }

        _ended.TrySetResult(now);
    }

    /// <summary>The task could not be looked at.</summary>
    /// <param name="failure">Why not.</param>
    public void Miss(ChatServiceException failure)
    {
        if (IsUnknown(failure) ? time.GetElapsedTime(_began) < TimeToBeKnown : IsPassing(failure) && ++_failures <= MostFailures)
        {
            return;
        }

        _ended.TrySetException(failure);
    }

    /// <summary>Waits, but no longer than until somebody says that there is something to see.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is over.</returns>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await System.Threading.Tasks.Task.WhenAny(GenerationRound.Delay(pause, time, over.Token), _woken.Task);
        over.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        if (_woken.Task.IsCompleted)
        {
            _woken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>There is something to see. Who says so too often is not heard.</summary>
    public void Wake()
    {
        long now = time.GetTimestamp();
        long last = Interlocked.Exchange(ref _lastWoken, now);
        if (last == 0 || time.GetElapsedTime(last, now) >= LeastBetweenCalls)
        {
            _woken.TrySetResult(true);
            Woken?.Invoke();
        }
    }

    /// <summary>Gets or sets who hears that there is something to see; null for nobody.</summary>
    public Action? Woken { get; set; }

    /// <summary>Tells whether a service knows no such task.</summary>
    /// <param name="failure">What it answered.</param>
    /// <returns>Whether it does not.</returns>
    public static bool IsUnknown(ChatServiceException failure) =>
        failure.StatusCode == 404
        || failure.ServiceCode is { } code && (code.Contains("not_exist", StringComparison.OrdinalIgnoreCase) || code.Contains("not_found", StringComparison.OrdinalIgnoreCase))
        || (failure.ErrorId is ErrorIds.InvalidRequest or ErrorIds.ServerError && (failure.Message.Contains("not exist", StringComparison.OrdinalIgnoreCase) || failure.Message.Contains("not found", StringComparison.OrdinalIgnoreCase)));

    // A wait of an hour outlives a proxy that is started anew.
    private static bool IsPassing(ChatServiceException failure) =>
        failure.ErrorId is ErrorIds.RateLimited or ErrorIds.Timeout or ErrorIds.ConnectionFailed or ErrorIds.ServerError or ErrorIds.BadResponse or ErrorIds.StreamTruncated;
}
