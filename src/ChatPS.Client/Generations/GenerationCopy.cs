namespace ChatPS.Client.Generations;

/// <summary>Makes copies of tasks that differ in a little.</summary>
internal static class GenerationCopy
{
    /// <summary>Copies a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="form">Another form; null for the same.</param>
    /// <param name="connection">Another connection; null for the same.</param>
    /// <param name="input">Another pipeline item, and its place; null for the same.</param>
    /// <returns>The copy.</returns>
    public static ChatGeneration Of(ChatGeneration task, string? form = null, string? connection = null, (object? Item, int Index)? input = null) => new()
    {
        Id = task.Id,
        Service = task.Service,
        Action = task.Action,
        Status = task.Status,
        RawStatus = task.RawStatus,
        Progress = task.Progress,
        Prompt = task.Prompt,
        Model = task.Model,
        SubmittedAt = task.SubmittedAt,
        StartedAt = task.StartedAt,
        FinishedAt = task.FinishedAt,
        Result = task.Result,
        Text = task.Text,
        FailReason = task.FailReason,
        FailCode = task.FailCode,
        Actions = task.Actions,
        ParentId = task.ParentId,
        Form = form ?? task.Form,
        Mode = task.Mode,
        Connection = connection ?? task.Connection,
        Input = input is { } given ? given.Item : task.Input,
        Index = input?.Index ?? task.Index,
        Raw = task.Raw,
    };
}
