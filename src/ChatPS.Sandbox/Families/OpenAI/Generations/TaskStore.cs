using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>The tasks of a family, the oldest of which are forgotten.</summary>
internal sealed class TaskStore(string prefix)
{
    private const int Most = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<string, LongTask> _tasks = new(StringComparer.Ordinal);
    private readonly Queue<string> _ids = new();

    /// <summary>What the ids begin with.</summary>
    public string Prefix => prefix;

    /// <summary>Begins a task.</summary>
    /// <param name="call">The request.</param>
    /// <param name="action">What is done.</param>
    /// <param name="prompt">What it is about.</param>
    /// <param name="extra">What the family keeps with it.</param>
    /// <returns>The task.</returns>
    public LongTask Add(EndpointCall call, string action, string? prompt, object? extra = null)
    {
        LongTask task = new(string.Format(CultureInfo.InvariantCulture, "{0}{1:D6}", Prefix, call.Number), action, prompt ?? "", call.Created) { Extra = extra };
        lock (_lock)
        {
            _tasks[task.Id] = task;
            _ids.Enqueue(task.Id);
            if (_ids.Count > Most)
            {
                _tasks.Remove(_ids.Dequeue());
            }
        }

        return task;
    }

    /// <summary>Does something with a task while nobody else does.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="id">The id.</param>
    /// <param name="use">What to do with the task; null where there is none.</param>
    /// <returns>What comes of it.</returns>
    public T With<T>(string? id, Func<LongTask?, T> use)
    {
        lock (_lock)
        {
            return use(id is not null && _tasks.TryGetValue(id, out LongTask? task) ? task : null);
        }
    }

    /// <summary>Looks at a task, which goes on by that.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="id">The id.</param>
    /// <param name="show">Shows the task; null where it is not known.</param>
    /// <returns>What is shown.</returns>
    public T Look<T>(string? id, Func<LongTask?, T> show) => With(id, task =>
    {
        task?.Look();
        return show(task is { IsUnknown: false } ? task : null);
    });

    /// <summary>Answers with a task, and says that it may be looked at again soon.</summary>
    /// <param name="value">The JSON.</param>
    /// <returns>The answer.</returns>
    public static Answer Show(object? value) => Answer.OfJson(value) with { Headers = [("openai-poll-after-ms", "20")] };
}
