using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Scheduling;

/// <summary>Says in words, and in percent, how far the tasks are that a run waits for.</summary>
/// <param name="Status">The words.</param>
/// <param name="Percent">The mean of all tasks, as far as their services tell.</param>
internal sealed record WaitingTasks(string Status, int Percent)
{
    private const int MostNamed = 3;

    /// <summary>Describes them.</summary>
    /// <param name="watches">What the items are at.</param>
    /// <param name="finished">How many items have left already.</param>
    /// <returns>How far they are; null where the run waits for no tasks.</returns>
    public static WaitingTasks? Describe(IEnumerable<CallWatch?> watches, int finished)
    {
        int done = finished;
        int all = finished;
        double percent = 100.0 * finished;
        List<string> named = [];
        bool waits = false;
        foreach (CallWatch? watch in watches)
        {
            all++;
            if (watch?.Task is not { } task)
            {
                continue;
            }

            waits = true;
            if (task.IsDone)
            {
                done++;
                percent += 100;
                continue;
            }

            percent += Math.Max(0, Math.Min(100, task.Progress ?? 0));
            if (named.Count < MostNamed)
            {
                named.Add($"{Printable.Line(task.Id, 20)} {Word(task)}");
            }
        }

        int more = all - done - named.Count;
        string rest = more > 0 && named.Count > 0 ? FormattableString.Invariant($" and {more} more") : "";
        string names = named.Count > 0 ? "; " + string.Join(", ", named) : "";
        return waits ? new WaitingTasks(FormattableString.Invariant($"{done} of {all} done{names}{rest}"), (int)(percent / all)) : null;
    }

    private static string Word(ChatGeneration task) => task switch
    {
        { Status: ChatGenerationStatus.NotStarted } => "in queue",
        { Progress: { } percent } => FormattableString.Invariant($"{percent:0} %"),
        _ => "running",
    };
}
