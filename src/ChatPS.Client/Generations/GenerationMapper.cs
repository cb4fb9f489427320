using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Generations;

/// <summary>Joins what is known of a task with what its service says now.</summary>
internal static class GenerationMapper
{
    /// <summary>How many results a task shows; more are in its JSON.</summary>
    public const int MostResults = 1_000;

    /// <summary>How many actions a task shows; more are in its JSON.</summary>
    public const int MostActions = 200;

    /// <summary>Joins them.</summary>
    /// <param name="before">The task as it was known.</param>
    /// <param name="state">What the service says.</param>
    /// <param name="family">The family.</param>
    /// <param name="secrets">What is shown nowhere.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns>The task. What has ended stays ended, but for what had succeeded with nothing to show: some services say so a moment too soon.</returns>
    public static ChatGeneration Join(ChatGeneration before, GenerationState state, IGenerationFamily family, Secrets secrets, DateTimeOffset now)
    {
        string? word = Clean(state.RawStatus, secrets);
        ChatGenerationStatus status = state.Status ?? Read(word, before.Status);
        bool goesOn = status is ChatGenerationStatus.NotStarted or ChatGenerationStatus.Running;
        bool goesOnAfterAll = goesOn && before is { Status: ChatGenerationStatus.Succeeded, Result.Count: 0, Text: null, Raw.Length: > 0 };
        if (goesOn && !goesOnAfterAll && before.IsDone && before.Status != ChatGenerationStatus.NeedsInput)
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
            FinishedAt = state.FinishedAt ?? (goesOnAfterAll ? null : before.FinishedAt) ?? (isDone && !before.IsDone ? now : null),
            Result = state.Results.Count > 0 ? Complete(state.Results, before, id, now, secrets) : before.Result,
            Text = Clean(state.Text, secrets) ?? before.Text,
            FailReason = status is ChatGenerationStatus.Failed or ChatGenerationStatus.Cancelled or ChatGenerationStatus.NeedsInput ? Clean(state.FailReason, secrets) ?? before.FailReason ?? (status == ChatGenerationStatus.Failed ? "The service does not say why." : null) : null,
            FailCode = status == ChatGenerationStatus.Failed ? Clean(state.FailCode, secrets) ?? before.FailCode : null,
            Actions = state.Actions.Count > 0 && status != ChatGenerationStatus.NeedsInput ? Shown(state.Actions, secrets) : goesOnAfterAll || id.Length == 0 ? [] : FollowUps(before, family, status, state.Results.Count > 0 ? state.Results : before.Result),
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

    private static ChatGenerationResult[] Complete(IReadOnlyList<ChatGenerationResult> results, ChatGeneration task, string id, DateTimeOffset now, Secrets secrets)
    {
        Dictionary<string, ChatGenerationResult> known = new(StringComparer.Ordinal);
        foreach (ChatGenerationResult before in task.Result)
        {
            if (before.Url is { } url && !known.ContainsKey(url))
            {
                known[url] = before;
            }
        }

        return [.. results.Take(MostResults).Select((result, part) => Complete(result, part, task, id, now, secrets, known))];
    }

    // What the same address was seen before keeps the time of that.
    private static ChatGenerationResult Complete(
        ChatGenerationResult result, int part, ChatGeneration task, string id, DateTimeOffset now, Secrets secrets, Dictionary<string, ChatGenerationResult> before)
    {
        string? url = Clean(result.Url, secrets);
        ChatGenerationResult? known = url is not null && before.TryGetValue(url, out ChatGenerationResult? same) ? same : null;
        return new ChatGenerationResult
        {
            Kind = result.Kind,
            Url = url,
            Data = result.Data,
            MediaType = Clean(result.MediaType, secrets),
            FileName = Clean(result.FileName, secrets),
            FileId = Clean(result.FileId, secrets),
            Path = known?.Path,
            Size = known?.Size ?? result.Size,
            Connection = task.Connection,
            Input = task.Input,
            Index = task.Index,
            Part = part,
            GenerationId = id,
            Id = Clean(result.Id, secrets),
            Title = Clean(result.Title, secrets),
            Duration = result.Duration,
            SeenAt = known?.SeenAt ?? now,
            ExpiresAt = result.ExpiresAt ?? known?.ExpiresAt,
        };
    }

    // A button that would have to show the key of the connection is not there: masked, the service would not know it.
    private static ChatGenerationAction[] Shown(IReadOnlyList<ChatGenerationAction> actions, Secrets secrets) =>
    [
        .. actions
            .Where(action => Clean(action.CustomId, secrets) == action.CustomId)
            .Take(MostActions)
            .Select(action => new ChatGenerationAction { Name = Redactor.Redact(action.Name, secrets), Label = Clean(action.Label, secrets), CustomId = action.CustomId }),
    ];

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
