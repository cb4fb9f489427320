using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Module;

namespace ChatPS.Conversion;

/// <summary>Finds the tasks in what users pipe: tasks, also from a file or a job, rows with an id, and ids themselves.</summary>
/// <param name="service">The family where an item names none; null where nobody does.</param>
/// <param name="form">The form where an item names none; null where nobody does.</param>
/// <param name="connection">Finds the connection whose history is looked into first.</param>
/// <param name="isNamed">Whether the user has named it, so that no other counts.</param>
/// <param name="advice">What to do about an item that is no task.</param>
internal sealed class GenerationInput(string? service, string? form, Func<ServiceConnection> connection, bool isNamed, string advice)
{
    /// <summary>Makes items of what was given as ids: a number is one, too, and a task stays a task.</summary>
    /// <param name="ids">What was given.</param>
    /// <returns>The items.</returns>
    public static IEnumerable<object?> Given(object[] ids) => ids.Select(id => Bare.Of(id) is IConvertible and not string ? PlainObject.Text(id) : id);

    /// <summary>Finds the task of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The task as far as it is known.</returns>
    /// <exception cref="ChatServiceException">It is none, or nobody knows its family; it says why.</exception>
    public ChatGeneration Read(object? item) => Bare.Of(item) switch
    {
        ChatGeneration task => task,
        string id => ById(id),
        Job => throw Failures.Invalid("A job is no task, but may emit some.", "Wait for the job first: ... | Receive-Job -Wait | ..."),
        _ when item is PSObject bag && bag.Properties[nameof(ChatGeneration.Id)]?.Value is { } id => bag.Properties[nameof(ChatGeneration.Service)] is null
            ? ById(PlainObject.Text(id))
            : new DeserializedGeneration(bag).ToTask(service, form),
        var other => throw Failures.Invalid(
            $"An object of type {(other is PSObject ? nameof(PSCustomObject) : other?.GetType().Name ?? "null")} is no task.", advice),
    };

    private ChatGeneration ById(string id)
    {
        string trimmed = id.Trim();
        ChatGeneration? known = trimmed.Length == 0 ? throw Failures.Invalid("The id is empty.", "Give the id of a task.") : Remembered(trimmed);
        return service is null
            ? known ?? throw Failures.Invalid($"-Service is missing: the history knows no task '{Printable.Line(trimmed, 60)}'.", advice)
            : known?.Service.Equals(service, StringComparison.OrdinalIgnoreCase) == true ? known : new ChatGeneration { Id = trimmed, Service = service, Form = form };
    }

    private ChatGeneration? Remembered(string id)
    {
        ServiceConnection? first = null;
        try
        {
            first = connection();
        }
        catch (ChatServiceException) when (!isNamed)
        {
            // The history may know another one.
        }

        return ModuleState.Generations.Find(id, first?.Settings, isNamed);
    }
}
