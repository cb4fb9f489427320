using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of MiniMax: what went wrong stands in <c>base_resp</c> under status 200. A task of the first version names a file, which is asked for its address.</summary>
internal sealed class HailuoEndpoint
{
    private static readonly string[] Roots = ["", "/minimax/v1"];

    private readonly TaskStore _tasks = new("hailuo");

    public IReadOnlyList<Route> Routes =>
    [
        .. Roots.SelectMany(root => new[]
        {
            Route.Post(root + "/video_generation", Submit),
            Route.Get(root + "/query/video_generation", Query),
            Route.Get(root + "/files/retrieve", Retrieve),
        }),
        Route.Post("/v2/video_generation", SubmitContent),
        Route.Get("/v2/query/video_generation/{id}", Look),
    ];

    private Answer Submit(EndpointCall call)
    {
        string model = call.Model();
        string prompt = call.Body.Text("prompt") ?? "";
        return prompt.Length == 0 && call.Body.Text("first_frame_image") is null ? Refused(2013, "invalid params, prompt is empty")
            : prompt.Contains(TaskWords.Refuse) ? Refused(1026, "The prompt holds words that are not allowed.")
            : Taken(_tasks.Add(call, "v1", prompt, model));
    }

    private Answer SubmitContent(EndpointCall call)
    {
        string model = call.Model();
        string prompt = PromptReader.Text(call.Body.Required("content")) ?? "";
        return prompt.Contains(TaskWords.Refuse) ? Refused(1026, "The prompt holds words that are not allowed.") : Taken(_tasks.Add(call, "v2", prompt, model));
    }

    private Answer Query(EndpointCall call) => _tasks.Look(call.Query["task_id"], task => task is null ? Refused(2013, "invalid params, the task is not found") : TaskStore.Show(Shape.Of(
        ("task_id", task.Id),
        ("status", FilmShapes.Word(task, "Queueing", "Processing", "Success", "Fail")),
        ("file_id", task is { Stage: TaskStage.Done, IsEmpty: false } ? task.Id : ""),
        ("video_width", 1280),
        ("video_height", 720),
        ("base_resp", task.Stage == TaskStage.Failed ? Status(1027, "The film could not be made.") : Status(0, "success")))));

    private Answer Retrieve(EndpointCall call) => _tasks.With(call.Query["file_id"], task => task is null ? Refused(2013, "invalid params, the file is not found") : TaskStore.Show(Shape.Of(
        ("file", Shape.Of(("file_id", task.Id), ("bytes", ResultFiles.Film(task.Id).Length), ("filename", "output.mp4"), ("purpose", "video_generation"), ("download_url", FilmShapes.Address(call, task)))),
        ("base_resp", Status(0, "success")))));

    private Answer Look(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? Refused(2013, "invalid params, the task is not found") : TaskStore.Show(Shape.Of(("task", Shape.Of(
        ("id", task.Id),
        ("model", task.Extra),
        ("status", FilmShapes.Word(task, "queued", "running", "succeeded", "failed")),
        ("error", task.Stage == TaskStage.Failed ? Shape.Of(("code", "1027"), ("message", "The film could not be made.")) : null),
        ("content", FilmShapes.Address(call, task) is { } address ? Shape.Of(("url", address), ("prompt", task.Prompt)) : null),
        ("usage", Shape.Of(("total_tokens", 1000))))))));

    private static Answer Taken(LongTask task) => TaskStore.Show(Shape.Of(("task_id", task.Id), ("base_resp", Status(0, "success"))));

    private static Answer Refused(int code, string message) => TaskStore.Show(Shape.Of(("task_id", ""), ("base_resp", Status(code, message))));

    private static Dictionary<string, object?> Status(int code, string message) => Shape.Of(("status_code", code), ("status_msg", message));
}
