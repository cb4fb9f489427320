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
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _room;
    private readonly ConcurrentDictionary<(GenerationService Service, string Family, string Form), GenerationRound> _rounds = [];
    private readonly List<GenerationVigil> _vigils = [];
    private readonly GenerationWarnings _warnings = new();

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
    public Task<ChatGeneration> WaitAsync(GenerationService service, ChatGeneration task, CallSettings settings, Action<ChatGeneration>? seen, CancellationToken cancellationToken) =>
        WaitAsync(service, task, settings, seen, missed: null, cancellationToken);

    /// <summary>Waits until a task is done, or needs input.</summary>
    /// <param name="service">The connection's generations.</param>
    /// <param name="task">The task.</param>
    /// <param name="settings">What calls do otherwise; of a call for several tasks, the settings of the first count.</param>
    /// <param name="seen">Hears of the task whenever it was looked at; null for nobody. Called on any thread.</param>
    /// <param name="missed">Hears why, whenever a look failed; null for nobody. Called on any thread.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The task at its end.</returns>
    /// <exception cref="ChatServiceException">The service does not know the task, or tells no more of it.</exception>
    public async Task<ChatGeneration> WaitAsync(
        GenerationService service, ChatGeneration task, CallSettings settings, Action<ChatGeneration>? seen, Action<ChatServiceException>? missed, CancellationToken cancellationToken)
    {
        if (task.IsDone)
        {
            return task;
        }

        GenerationVigil vigil = new(task, settings, _time, _warnings) { Seen = seen, Missed = missed };
        lock (_vigils)
        {
            _vigils.Add(vigil);
        }

        try
        {
            return service.MostAtOnce(task) > 1
                ? await TogetherAsync(service, vigil, cancellationToken)
                : await AloneAsync(service, vigil, cancellationToken);
        }
        finally
        {
            lock (_vigils)
            {
                _vigils.Remove(vigil);
            }
        }
    }

    /// <summary>Looks at a task soon, since its service has called.</summary>
    /// <param name="id">The id of the task.</param>
    /// <returns>Whether it is waited for.</returns>
    public bool Hasten(string id)
    {
        GenerationVigil[] vigils;
        lock (_vigils)
        {
            vigils = [.. _vigils.Where(vigil => vigil.Task.Id == id)];
        }

        Array.ForEach(vigils, vigil => vigil.Bell.Ring());
        return vigils.Length > 0;
    }

    /// <inheritdoc />
    public void Dispose() => _room.Dispose();

    private async Task<ChatGeneration> AloneAsync(GenerationService service, GenerationVigil vigil, CancellationToken cancellationToken)
    {
        LookPace pace = new(service.PauseOf(vigil.Task));
        while (true)
        {
            TimeSpan? told;
            bool hasFailed = false;
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
                hasFailed = true;
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

            TimeSpan pause = pace.Next(told, hasFailed);
            _warnings.Pause(vigil, pause);
            await vigil.Bell.PauseAsync(pause, cancellationToken);
        }
    }

    private Task<ChatGeneration> TogetherAsync(GenerationService service, GenerationVigil vigil, CancellationToken cancellationToken) =>
        _rounds.GetOrAdd((service, vigil.Task.Service, vigil.Task.Form ?? ""), _ => new GenerationRound(service, _time, _warnings.Pause)).JoinAsync(vigil, cancellationToken);
}
