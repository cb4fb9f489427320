using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>The wait for one task: what it was when it was seen last, and what is forgiven on the way.</summary>
internal sealed class GenerationVigil(ChatGeneration task, CallSettings settings, TimeProvider time, GenerationWarnings warnings)
{
    // A task that was handed in a moment ago is not known everywhere yet.
    private static readonly TimeSpan TimeToBeKnown = TimeSpan.FromSeconds(30);

    private const int MostFailures = 10;
    private const int MostEmptyLooks = 3;
    private const int MostQuietMisses = 2;

    private readonly TaskCompletionSource<ChatGeneration> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began = time.GetTimestamp();
    private long _firstMiss;
    private int _misses;
    private int _failures;
    private int _emptyLooks;

    public ChatGeneration Task { get; private set; } = task;

    public CallSettings Settings => settings;

    /// <summary>Gets who hears that the task was seen; null for nobody.</summary>
    public Action<ChatGeneration>? Seen { get; init; }

    /// <summary>Gets who hears that a look failed; null for nobody.</summary>
    public Action<ChatServiceException>? Missed { get; init; }

    /// <summary>Gets or sets what ends the pause before the next look.</summary>
    public Bell Bell { get; set; } = new(time);

    /// <summary>Gets what ends the wait.</summary>
    public Task<ChatGeneration> Ended => _ended.Task;

    /// <summary>The task was seen.</summary>
    /// <param name="now">The task as it is now.</param>
    public void See(ChatGeneration now)
    {
        _failures = 0;
        _misses = 0;
        Task = now;
        if (now.RawStatus is not null && !now.IsDone && !StatusWords.TryRead(now.RawStatus, out _))
        {
            warnings.UnknownWord(now, settings);
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
        if (_misses++ == 0)
        {
            _firstMiss = time.GetTimestamp();
        }

        Missed?.Invoke(failure);
        if (IsUnknown(failure) ? time.GetElapsedTime(_began) < TimeToBeKnown : IsPassing(failure) && ++_failures <= MostFailures)
        {
            if (_misses > MostQuietMisses)
            {
                warnings.FailingLooks(Task, failure, settings);
            }

            return;
        }

        Fail(_misses > 1 ? Tried(failure) : failure);
    }

    /// <summary>The wait is over: there is nothing more to see.</summary>
    /// <param name="failure">Why not.</param>
    public void Fail(ChatServiceException failure) => _ended.TrySetException(failure);

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

    private ChatServiceException Tried(ChatServiceException failure) => new(
        failure.ErrorId,
        FormattableString.Invariant($"{failure.Message} {_misses} looks at the task failed one after the other, in {time.GetElapsedTime(_firstMiss).TotalSeconds:0} s."),
        failure.RecommendedAction,
        failure)
    {
        StatusCode = failure.StatusCode,
        ServiceCode = failure.ServiceCode,
        ServiceParameter = failure.ServiceParameter,
        RequestId = failure.RequestId,
        RetryAfter = failure.RetryAfter,
        Attempts = failure.Attempts,
        Elapsed = failure.Elapsed,
        ResponseBody = failure.ResponseBody,
    };
}
