using System.Collections.Concurrent;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>What is told of waits, once each: a hundred tasks say the same. Safe for many threads.</summary>
internal sealed class GenerationWarnings
{
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A service calls the status of a task by a word that nobody knows.</summary>
    /// <param name="task">The task.</param>
    /// <param name="settings">Who hears of it.</param>
    public void UnknownWord(ChatGeneration task, CallSettings settings)
    {
        if (IsNew($"word {task.Service} {task.RawStatus}"))
        {
            settings.Warning?.Invoke($"{task.Service} calls the status of a task '{Printable.Line(task.RawStatus ?? "", 60)}', which is not known. It counts as running.");
        }
    }

    /// <summary>Looks at a task fail one after the other.</summary>
    /// <param name="task">The task.</param>
    /// <param name="failure">Why the last one did.</param>
    /// <param name="settings">Who hears of it.</param>
    public void FailingLooks(ChatGeneration task, ChatServiceException failure, CallSettings settings)
    {
        if (IsNew($"look {task.Service} {failure.ErrorId} {failure.StatusCode}"))
        {
            settings.Warning?.Invoke($"Looks at the task {Printable.Line(task.ToString(), 80)} fail, and are tried again: {Printable.Line(failure.Message, 300)}");
        }
    }

    /// <summary>A pause begins.</summary>
    /// <param name="vigil">Who waits.</param>
    /// <param name="pause">How long it is.</param>
    public void Pause(GenerationVigil vigil, TimeSpan pause)
    {
        if (pause > LongPause && vigil.Settings.Verbose is { } verbose && IsNew($"pause {vigil.Task.Service}"))
        {
            verbose(FormattableString.Invariant($"{vigil.Task.Service} asks for a pause: the next look is in {pause.TotalSeconds:0} s"));
        }
    }

    private bool IsNew(string what) => _told.TryAdd(what, true);
}
