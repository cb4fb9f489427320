using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>Reads the ids of tasks: what is no id must not be taken for one, since the task could never be looked at.</summary>
internal static class TaskId
{
    private const int Longest = 500;
    private const char Damaged = '\uFFFD';

    /// <summary>Reads an id.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The first text or number that can be an id; null where there is none.</returns>
    public static string? Read(JsonElement json, params string[] paths)
    {
        foreach (string path in paths)
        {
            if (Said.Find(json, path) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } found && Said.Text(found) is { } id && IsUsable(id))
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>Tells whether a text can be an id.</summary>
    /// <param name="id">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsUsable(string? id) =>
        !string.IsNullOrWhiteSpace(id) && id!.Length <= Longest && id is not ("." or "..") && !id.Any(char.IsControl) && id.IndexOf(Damaged) < 0 && Printable.Text(id) == id;

    /// <summary>Finds out whether a service tells of the task that it was asked for.</summary>
    /// <param name="state">What it says.</param>
    /// <param name="task">The task.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="WireFormatException">It tells of another.</exception>
    public static GenerationState Require(GenerationState state, ChatGeneration task) => state.Id is null || state.Id.Equals(task.Id, StringComparison.OrdinalIgnoreCase)
        ? state
        : throw new WireFormatException($"The service told of another task, '{Printable.Line(state.Id, 60)}'.", state.Raw);
}
