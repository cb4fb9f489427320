using System.Collections.Concurrent;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>
/// Waits for many tasks. Where a service tells of several at once, all that are waited for share a call; elsewhere each is looked at
/// by itself, so many at a time as the run allows. Pauses grow, and are as long as the service asks.
/// </summary>
public sealed class GenerationWaiter : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeastPauseOfLists = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room;
    private readonly ConcurrentDictionary<(GenerationService Service, string Family, string Form), GenerationRound> _rounds = [];
    private readonly ConcurrentDictionary<string, GenerationVigil> _vigils = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _toldWords = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a waiter.</summary>
    /// <param name="atOnce">How many tasks are looked at at a time, where each has a call of its own.</param>
    public GenerationWaiter(int atOnce)
        : this(atOnce, TimeProvider.System)
    {
    }

    internal GenerationWaiter(int atOnce, TimeProvider time)
    {
        _time = time;
        _room = new SemaphoreSlim(atOnce);
    }

    /// <summary>Waits until a task is done, or needs input.</summary>
    /// <param name="service">The connection's generations.</param>
    /// <param name="task">The task.</param>
    /// <param name="settings">What calls do otherwise; of a call for several tasks, the settings of the first count.</param>
    /// <param name="seen">Hears of the task whenever it was looked at; null for nobody. Called on any thread.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The task at its end.</returns>
    /// <exception cref="ChatServiceException">The service does not know the task, or tells no more of it.</exception>
    public async Task<ChatGeneration> WaitAsync(GenerationService service, ChatGeneration task, CallSettings settings, Action<ChatGeneration>? seen, CancellationToken cancellationToken)
    {
        if (task.IsDone)
        {
            return task;
        }

        GenerationVigil vigil = new(task, settings, _time, Warn) { Seen = seen };
        _vigils[task.Id] = vigil;
        try
        {
            return service.MostAtOnce(task) > 1
                ? await TogetherAsync(service, vigil, cancellationToken)
                : await AloneAsync(service, vigil, cancellationToken);
        }
        finally
        {
            _vigils.TryRemove(task.Id, out _);
        }
    }

    /// <summary>Looks at a task soon, since its service has called.</summary>
    /// <param name="id">The id of the task.</param>
    /// <returns>Whether it is waited for.</returns>
    public bool Hasten(string id)
    {
        if (!_vigils.TryGetValue(id, out GenerationVigil? vigil))
        {
            return false;
        }

        vigil.Wake();
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _room.Dispose();

    private async Task<ChatGeneration> AloneAsync(GenerationService service, GenerationVigil vigil, CancellationToken cancellationToken)
    {
        TimeSpan pause = service.PauseOf(vigil.Task);
        while (true)
        {
            TimeSpan? told = null;
            await _room.WaitAsync(cancellationToken);
            try
            {
                SeenGeneration now = await service.SeeAsync(vigil.Task, vigil.Settings, cancellationToken);
                told = now.PollAfter;
                vigil.See(now.Task);
            }
            catch (ChatServiceException failure)
            {
                told = failure.RetryAfter;
                vigil.Miss(failure);
            }
            finally
            {
                _room.Release();
            }

            if (vigil.Ended.IsCompleted)
            {
                return await vigil.Ended;
            }

            await vigil.PauseAsync(told ?? pause, cancellationToken);
            pause = Longer(pause);
        }
    }

    private async Task<ChatGeneration> TogetherAsync(GenerationService service, GenerationVigil vigil, CancellationToken cancellationToken)
    {
        GenerationRound round = _rounds.GetOrAdd((service, vigil.Task.Service, vigil.Task.Form ?? ""), _ => new GenerationRound(service, _time, LeastPauseOfLists, Longer));
        return await round.JoinAsync(vigil, cancellationToken);
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromTicks(Math.Min(pause.Ticks * 5 / 4, LongestPause.Ticks));

    // Once a word: a hundred tasks say the same.
    private void Warn(ChatGeneration task, CallSettings settings)
    {
        if (_toldWords.TryAdd($"{task.Service} {task.RawStatus}", true))
        {
            settings.Warning?.Invoke($"{task.Service} calls the status of a task '{Printable.Line(task.RawStatus ?? "", 60)}', which is not known. It counts as running.");
        }
    }
}
