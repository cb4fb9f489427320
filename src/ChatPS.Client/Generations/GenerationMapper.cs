using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Joins what is known of a task with what its service says now.</summary>
internal static class GenerationMapper
{
    /// <summary>Joins them.</summary>
    /// <param name="before">The task as it was known.</param>
    /// <param name="state">What the service says.</param>
    /// <param name="family">The family.</param>
    /// <param name="secrets">What is shown nowhere.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns>The task. What has ended stays ended.</returns>
    public static ChatGeneration Join(ChatGeneration before, GenerationState state, IGenerationFamily family, Secrets secrets, DateTimeOffset now)
    {
        string? word = Clean(state.RawStatus, secrets);
        ChatGenerationStatus status = state.Status ?? Read(word, before.Status);
        if (before.IsDone && before.Status != ChatGenerationStatus.NeedsInput && status is ChatGenerationStatus.NotStarted or ChatGenerationStatus.Running)
        {
            status = before.Status;
        }

        string id = before.Id.Length > 0 ? before.Id : Clean(state.Id, secrets) ?? "";
        bool isDone = status is ChatGenerationStatus.Succeeded or ChatGenerationStatus.Failed or ChatGenerationStatus.Cancelled;
        return new ChatGeneration
        {
            Id = id,
            Service = before.Service,
            Action = before.Action.Length > 0 ? before.Action : Clean(state.Action, secrets) ?? "",
            Status = status,
            RawStatus = word ?? before.RawStatus,
            Progress = state.Progress ?? (status == ChatGenerationStatus.Succeeded ? null : before.Progress),
            Prompt = before.Prompt ?? Clean(state.Prompt, secrets),
            Model = before.Model ?? Clean(state.Model, secrets),
            SubmittedAt = state.SubmittedAt ?? before.SubmittedAt,
            StartedAt = state.StartedAt ?? before.StartedAt,
            FinishedAt = state.FinishedAt ?? before.FinishedAt ?? (isDone && !before.IsDone ? now : null),
            Result = state.Results.Count > 0 ? [.. state.Results.Select((result, part) => Complete(result, part, before, id, now, secrets))] : before.Result,
            Text = Clean(state.Text, secrets) ?? before.Text,
            FailReason = status is ChatGenerationStatus.Failed or ChatGenerationStatus.Cancelled or ChatGenerationStatus.NeedsInput ? Clean(state.FailReason, secrets) ?? before.FailReason ?? (status == ChatGenerationStatus.Failed ? "The service does not say why." : null) : null,
            FailCode = status == ChatGenerationStatus.Failed ? Clean(state.FailCode, secrets) ?? before.FailCode : null,
            Actions = state.Actions.Count > 0 && status != ChatGenerationStatus.NeedsInput ? state.Actions : id.Length == 0 ? [] : FollowUps(before, family, status, state.Results.Count > 0 ? state.Results : before.Result),
            ParentId = before.ParentId,
            Form = before.Form,
            Mode = before.Mode ?? Clean(state.Mode, secrets),
            Connection = before.Connection,
            Input = before.Input,
            Index = before.Index,
            Raw = Redactor.Redact(state.Raw, secrets),
        };
    }

    private static ChatGenerationStatus Read(string? word, ChatGenerationStatus before)
    {
        if (word is null)
        {
            return before;
        }

        StatusWords.TryRead(word, out ChatGenerationStatus status);
        return status;
    }

    // What the same address was seen before keeps the time of that.
    private static ChatGenerationResult Complete(ChatGenerationResult result, int part, ChatGeneration task, string id, DateTimeOffset now, Secrets secrets)
    {
        ChatGenerationResult? known = task.Result.FirstOrDefault(known => known.Url is not null && known.Url == result.Url);
        return new ChatGenerationResult
        {
            Kind = result.Kind,
            Url = Redactor.RedactOptional(result.Url, secrets),
            Data = result.Data,
            MediaType = result.MediaType,
            FileName = result.FileName,
            FileId = result.FileId,
            Path = known?.Path,
            Size = known?.Size ?? result.Size,
            Connection = task.Connection,
            Input = task.Input,
            Index = task.Index,
            Part = part,
            GenerationId = id,
            Id = result.Id,
            Title = Clean(result.Title, secrets),
            Duration = result.Duration,
            SeenAt = known?.SeenAt ?? now,
            ExpiresAt = result.ExpiresAt ?? known?.ExpiresAt,
        };
    }

    // What the task itself offers comes from its service; the rest is what the family can do with any.
    private static IReadOnlyList<ChatGenerationAction> FollowUps(ChatGeneration task, IGenerationFamily family, ChatGenerationStatus status, IReadOnlyList<ChatGenerationResult> results)
    {
        bool waits = status == ChatGenerationStatus.NeedsInput;
        IReadOnlyList<ChatGenerationAction> known = task.Status == ChatGenerationStatus.NeedsInput ? [] : task.Actions;
        return !waits && (status != ChatGenerationStatus.Succeeded || known.Count > 0)
            ? known
            : [.. family.Actions.Where(action => action.IsFollowUp && action.GivesInput == waits && (action.ResultKind is null || results.Any(result => result.Kind == action.ResultKind)) && action.Name != GenerationService.ButtonAction && (action.Forms.Count == 0 || action.Forms.Contains(task.Form ?? "", StringComparer.Ordinal))).Select(action => new ChatGenerationAction { Name = action.Name })];
    }

    private static string? Clean(string? text, Secrets secrets) => Redactor.RedactOptional(text, secrets);
}
