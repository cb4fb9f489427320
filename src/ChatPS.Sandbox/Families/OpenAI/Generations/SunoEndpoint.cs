using System.Globalization;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Songs of Suno at gateways: <c>data</c> is nothing, a list of songs, or the words of one, and times are seconds.</summary>
internal sealed class SunoEndpoint
{
    private const string Words = "[Verse]\nA fox runs home\n[Chorus]\nHome again";

    private readonly TaskStore _tasks = new("suno-");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/suno/submit/{action}", Submit),
        Route.Get("/suno/fetch/{id}", Fetch),
        Route.Post("/suno/fetch", List),
    ];

    private Answer Submit(EndpointCall call)
    {
        Fields body = call.Body;
        string action = call["action"].ToUpperInvariant();
        string prompt = body.Text("gpt_description_prompt") ?? body.Text("prompt") ?? "";
        if (action is not ("MUSIC" or "LYRICS"))
        {
            return FilmShapes.Error(400, "invalid_request", "invalid action");
        }

        if (prompt.Contains(TaskWords.Refuse))
        {
            return FilmShapes.Error(403, "quota_not_enough", "user quota is not enough");
        }

        string? clip = body.Text("continue_clip_id");
        if (prompt.Length == 0 && clip is null)
        {
            return FilmShapes.Error(400, "invalid_request", "prompt is empty");
        }

        if (clip is not null && body.Text("task_id") is null)
        {
            return FilmShapes.Error(400, "invalid_request", "task_id is empty");
        }

        return TaskStore.Show(Success(_tasks.Add(call, action, prompt, body.Text("title")).Id));
    }

    private Answer Fetch(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(Success(Show(call, task))));

    private Answer List(EndpointCall call) => TaskStore.Show(Success(
        (call.Body.Array("ids")?.EnumerateArray().Select(static id => id.GetString()) ?? []).Select(id => _tasks.Look(id, task => task is null ? null : Show(call, task))).Where(static task => task is not null).ToList<object?>()));

    private static Dictionary<string, object?> Success(object? data) => Shape.Of(("code", "success"), ("message", ""), ("data", data));

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task) => Shape.Of(
        ("task_id", task.Id),
        ("action", task.Action),
        ("status", FilmShapes.Word(task, "SUBMITTED", "IN_PROGRESS", "SUCCESS", "FAILURE")),
        ("fail_reason", task.Stage == TaskStage.Failed ? "The song could not be sung." : ""),
        ("submit_time", FilmShapes.Seconds(task)),
        ("start_time", task.Stage == TaskStage.Queued ? 0 : FilmShapes.Seconds(task, 1)),
        ("finish_time", task.Stage is TaskStage.Done or TaskStage.Failed ? FilmShapes.Seconds(task, 60) : 0),
        ("progress", string.Format(CultureInfo.InvariantCulture, "{0}%", task.Percent)),
        ("data", task.Percent == 0 || task.Stage == TaskStage.Failed ? null : task.Action == "LYRICS" ? Lyrics(task) : Songs(call, task)));

    private static Dictionary<string, object?>? Lyrics(LongTask task) => task.Stage == TaskStage.Done
        ? Shape.Of(("id", task.Id), ("text", Words), ("title", "Home"), ("status", "complete"))
        : null;

    // While it is made, its address plays what there is of a song.
    private static List<object?> Songs(EndpointCall call, LongTask task)
    {
        bool isDone = task.Stage == TaskStage.Done;
        return
        [
            .. Enumerable.Range(1, 2).Select(part => Shape.Of(
                ("id", FormattableString.Invariant($"{task.Id}-{part}")),
                ("title", task.Extra ?? "Home"),
                ("status", isDone ? "complete" : "streaming"),
                ("audio_url", isDone && task.IsEmpty ? "" : ResultFiles.Address(call, "audio", task, part)),
                ("video_url", isDone ? ResultFiles.Address(call, "video", task, part) : ""),
                ("image_url", ResultFiles.Address(call, "image", task, part)),
                ("text", Words),
                ("metadata", Shape.Of(("tags", "folk"), ("prompt", Words), ("duration", 198.4), ("error_type", null), ("error_message", null))))),
        ];
    }
}
