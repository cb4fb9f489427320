using System.Text.Json;

namespace ChatPS.Client.Generations;

/// <summary>Reads what services say of many tasks at once.</summary>
internal static class TaskList
{
    /// <summary>Reads a list. What nobody asked for is left unread, and so is what names no task.</summary>
    /// <param name="items">The items.</param>
    /// <param name="tasks">The tasks that were asked for.</param>
    /// <param name="id">Where the id of an item stands.</param>
    /// <param name="read">Reads an item.</param>
    /// <returns>What is said of the tasks; of each the first.</returns>
    public static IReadOnlyList<GenerationState> Read(IEnumerable<JsonElement> items, IReadOnlyList<ChatGeneration> tasks, string[] id, Func<JsonElement, GenerationState> read)
    {
        HashSet<string> missing = new(tasks.Select(task => task.Id), StringComparer.Ordinal);
        List<GenerationState> states = [];
        foreach (JsonElement item in items)
        {
            if (missing.Count == 0)
            {
                break;
            }

            if (TaskId.Read(item, id) is { } known && missing.Remove(known))
            {
                states.Add(read(item));
            }
        }

        return states;
    }
}
