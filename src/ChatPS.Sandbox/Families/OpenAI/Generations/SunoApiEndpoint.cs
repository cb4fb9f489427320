using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Songs of Suno in the form of sunoapi.org and kie.ai: refusals come under status 200, and the first of two songs is ready before the other.</summary>
internal sealed class SunoApiEndpoint
{
    private static readonly string[] FromUpload = ["upload-cover", "upload-extend", "add-vocals", "add-instrumental"];

    private readonly TaskStore _songs = new("song");
    private readonly TaskStore _lyrics = new("lyrics");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/api/v1/generate", Generate),
        Route.Post("/api/v1/generate/{kind}", GoOn),
        Route.Get("/api/v1/generate/record-info", call => Look(call, _songs)),
        Route.Post("/api/v1/lyrics", call => Begin(call, _lyrics, "lyrics", call.Body.RequiredText("prompt"))),
        Route.Get("/api/v1/lyrics/record-info", call => Look(call, _lyrics)),
    ];

    private Answer Generate(EndpointCall call)
    {
        Fields body = call.Body;
        bool isCustom = body.TryGet("customMode", out _) && body.Flag("customMode");
        return !body.TryGet("customMode", out _) || !body.TryGet("instrumental", out _) ? Refused(400, "customMode and instrumental are required")
            : body.Text("model") is null ? Refused(400, "model is required")
            : isCustom ? Begin(call, _songs, "custom", body.Text("prompt") ?? body.RequiredText("style"))
            : Begin(call, _songs, "song", body.RequiredText("prompt"));
    }

    private Answer GoOn(EndpointCall call)
    {
        Fields body = call.Body;
        string kind = call["kind"];
        return kind == "extend" && body.Text("audioId") is { } ? Begin(call, _songs, kind, body.Text("prompt") ?? "")
            : FromUpload.Contains(kind, StringComparer.Ordinal) && body.Text("uploadUrl") is { } ? Begin(call, _songs, kind, body.Text("prompt") ?? "")
            : Refused(400, "audioId or uploadUrl is required");
    }

    private static Answer Begin(EndpointCall call, TaskStore tasks, string action, string prompt) => prompt.Contains(TaskWords.Refuse)
        ? Refused(531, "Server exception, and the song could not be generated. Your credits have been refunded.")
        : TaskStore.Show(Success(Shape.Of(("taskId", tasks.Add(call, action, prompt).Id))));

    private static Answer Look(EndpointCall call, TaskStore tasks) => tasks.Look(call.Query["taskId"], task => task is null ? Refused(404, "The task does not exist") : TaskStore.Show(Success(Show(call, task, tasks.Prefix == "lyrics"))));

    private static Answer Refused(int code, string message) => TaskStore.Show(Shape.Of(("code", code), ("msg", message), ("data", null)));

    private static Dictionary<string, object?> Success(object data) => Shape.Of(("code", 200), ("msg", "success"), ("data", data));

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task, bool isLyrics) => Shape.Of(
        ("taskId", task.Id),
        ("type", isLyrics ? "LYRICS" : "GENERATE"),
        ("status", FilmShapes.Word(task, "PENDING", task.Percent < 50 ? "TEXT_SUCCESS" : "FIRST_SUCCESS", "SUCCESS", isLyrics ? "GENERATE_LYRICS_FAILED" : "GENERATE_AUDIO_FAILED")),
        ("errorCode", task.Stage == TaskStage.Failed ? 501 : null),
        ("errorMessage", task.Stage == TaskStage.Failed ? "The song could not be sung." : null),
        ("createTime", task.Submitted.ToUnixTimeMilliseconds()),
        ("response", task.Percent == 0 || task.Stage == TaskStage.Failed ? null : Shape.Of(("taskId", task.Id), isLyrics ? ("data", Lyrics(task)) : ("sunoData", Songs(call, task)))));

    private static List<object?> Lyrics(LongTask task) => task.Stage == TaskStage.Done
        ? [Shape.Of(("text", "[Verse]\nA fox runs home"), ("title", "Home"), ("status", "complete"))]
        : [];

    private static List<object?> Songs(EndpointCall call, LongTask task)
    {
        int ready = task.IsEmpty ? 0 : task.Stage == TaskStage.Done ? 2 : task.Percent < 50 ? 0 : 1;
        return
        [
            .. Enumerable.Range(1, 2).Select(part => Shape.Of(
                ("id", FormattableString.Invariant($"{task.Id}-{part}")),
                ("audioUrl", part <= ready ? ResultFiles.Address(call, "audio", task, part) : ""),
                ("streamAudioUrl", ResultFiles.Address(call, "audio", task, part)),
                ("imageUrl", ResultFiles.Address(call, "image", task, part)),
                ("prompt", "[Verse]\nA fox runs home"),
                ("modelName", "sandbox-song"),
                ("title", "Home"),
                ("tags", "folk"),
                ("duration", 198.4))),
        ];
    }
}
