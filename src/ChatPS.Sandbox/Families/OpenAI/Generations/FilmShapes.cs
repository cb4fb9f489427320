using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>What new-api says of films, whatever vendor makes them. The name of the model stands in the task's <see cref="LongTask.Extra"/>.</summary>
internal static class FilmShapes
{
    /// <summary>The address of a task's film; null before it is there.</summary>
    public static string? Address(EndpointCall call, LongTask task) => task is { Stage: TaskStage.Done, IsEmpty: false } ? ResultFiles.Address(call, "video", task) : null;

    /// <summary>Picks the word for a task's status.</summary>
    public static string Word(LongTask task, string queued, string running, string done, string failed, string cancelled = "cancelled") => task.IsOdd ? "REVIEWING" : task.Stage switch
    {
        TaskStage.Queued or TaskStage.NeedsInput => queued,
        TaskStage.Running => running,
        TaskStage.Done => done,
        TaskStage.Failed => failed,
        _ => cancelled,
    };

    public static long Seconds(LongTask task, int after = 0) => task.Submitted.ToUnixTimeSeconds() + after;

    /// <summary>An error of a task, whose code is a word.</summary>
    public static Answer Error(int status, string code, string message) => TaskStore.Show(Shape.Of(("code", code), ("message", message), ("data", null))) with { StatusCode = status };

    public static Answer Unknown() => Error(400, "task_not_exist", "task_not_exist");

    public static Answer Sensitive() => Error(400, "prompt_sensitive", "The prompt holds words that are not allowed.");

    /// <summary>A film as OpenAI tells of it.</summary>
    public static Dictionary<string, object?> Video(EndpointCall call, LongTask task)
    {
        bool isDone = task.Stage == TaskStage.Done;
        return Shape.Of(
            ("id", task.Id),
            ("task_id", task.Id),
            ("object", "video"),
            ("model", task.Extra),
            ("status", Word(task, "queued", task.Percent < 50 ? "unknown" : "in_progress", "completed", "failed")),
            ("progress", task.Percent),
            ("created_at", Seconds(task)),
            ("completed_at", isDone ? Seconds(task, 60) : null),
            ("seconds", "8"),
            ("error", task.Stage == TaskStage.Failed ? Shape.Of(("message", "The film could not be made."), ("code", "generation_failed")) : null),
            ("metadata", Address(call, task) is { } address ? Shape.Of(("url", address)) : null));
    }

    /// <summary>A film in the wrapper of a task.</summary>
    public static Dictionary<string, object?> Wrapped(EndpointCall call, LongTask task, object? vendor = null) => Success(Shape.Of(
        ("id", 12),
        ("task_id", task.Id),
        ("platform", "50"),
        ("action", "generate"),
        ("status", Word(task, "QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE")),
        ("fail_reason", task.Stage == TaskStage.Failed ? "The film could not be made." : ""),
        ("result_url", vendor is null ? Address(call, task) ?? "" : ""),
        ("submit_time", Seconds(task)),
        ("start_time", task.Stage == TaskStage.Queued ? 0 : Seconds(task, 3)),
        ("finish_time", task.Stage is TaskStage.Done or TaskStage.Failed ? Seconds(task, 60) : 0),
        ("progress", string.Format(CultureInfo.InvariantCulture, "{0}%", task.Percent)),
        ("properties", Shape.Of()),
        ("data", vendor)));

    /// <summary>A film in the small form that Google's models get.</summary>
    public static Dictionary<string, object?> Small(EndpointCall call, LongTask task) => Success(Shape.Of(
        ("task_id", task.Id),
        ("status", Word(task, "queued", "processing", "succeeded", "failed")),
        ("url", Address(call, task) ?? ""),
        ("format", "mp4"),
        ("metadata", null),
        ("error", task.Stage == TaskStage.Failed ? Shape.Of(("code", 500), ("message", "The film could not be made.")) : null)));

    private static Dictionary<string, object?> Success(Dictionary<string, object?> data) => Shape.Of(("code", "success"), ("message", ""), ("data", data));
}
