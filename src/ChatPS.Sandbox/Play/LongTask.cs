namespace ChatPS.Sandbox.Play;

/// <summary>
/// A task that takes time. It goes on whenever it is looked at, so that no test has to wait: queued, 37 %, 80 %, done. Words in
/// square brackets in its prompt make it go another way; see <see cref="TaskWords"/>. Whoever keeps it, locks.
/// </summary>
internal sealed class LongTask(string id, string action, string prompt, DateTimeOffset submitted)
{
    private int _looks;

    public string Id => id;

    public string Action => action;

    public string Prompt => prompt;

    public DateTimeOffset Submitted => submitted;

    /// <summary>What it is at.</summary>
    public TaskStage Stage { get; private set; } = prompt.Contains(TaskWords.Input) ? TaskStage.NeedsInput : TaskStage.Queued;

    /// <summary>How much is done, in percent.</summary>
    public int Percent => Stage switch
    {
        TaskStage.Queued or TaskStage.NeedsInput => 0,
        TaskStage.Running => _looks <= 2 ? 37 : 80,
        _ => 100,
    };

    /// <summary>Whether the service has forgotten it, or does not know it yet.</summary>
    public bool IsUnknown => (prompt.Contains(TaskWords.Late) && _looks == 1) || (prompt.Contains(TaskWords.Vanish) && _looks >= 3);

    /// <summary>Whether its status is a word that nobody knows.</summary>
    public bool IsOdd => prompt.Contains(TaskWords.Odd) && Stage == TaskStage.Running;

    /// <summary>Whether it is done, and its address is not there yet.</summary>
    public bool IsEmpty => prompt.Contains(TaskWords.Empty) && _looks <= 4;

    /// <summary>Whether the address that it gives has expired: after a few looks there is another one.</summary>
    public bool HasExpired => prompt.Contains(TaskWords.Expired) && _looks <= 4;

    /// <summary>What the family keeps with it, such as what it continues.</summary>
    public object? Extra { get; init; }

    /// <summary>Looks at the task.</summary>
    public void Look()
    {
        _looks++;
        if (Stage is TaskStage.Queued or TaskStage.Running)
        {
            Stage = _looks switch
            {
                1 => TaskStage.Queued,
                2 or 3 => TaskStage.Running,
                _ when prompt.Contains(TaskWords.Slow) => TaskStage.Running,
                _ when prompt.Contains(TaskWords.Fail) => TaskStage.Failed,
                _ => TaskStage.Done,
            };
        }
    }

    /// <summary>Gives it the input that it waits for.</summary>
    public void Continue()
    {
        Stage = TaskStage.Queued;
        _looks = 0;
    }

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Deletes the task, whatever it is at.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Delete()
    {
        bool isThere = !IsDeleted;
        IsDeleted = true;
        return isThere;
    }

    /// <summary>Stops the task.</summary>
    /// <returns>Whether there was something to stop.</returns>
    public bool Cancel()
    {
        bool isUnderWay = Stage is TaskStage.Queued or TaskStage.Running or TaskStage.NeedsInput;
        Stage = isUnderWay ? TaskStage.Cancelled : Stage;
        return isUnderWay;
    }
}
