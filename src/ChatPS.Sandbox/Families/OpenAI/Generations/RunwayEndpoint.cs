using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Runway: the vendor's answers as they are, wrapped by a gateway, and in the forms of two others. A deleted task is gone.</summary>
internal sealed class RunwayEndpoint
{
    private readonly TaskStore _vendor = new("runway-");
    private readonly TaskStore _gateway = new("gateway-");
    private readonly TaskStore _comet = new("comet-");
    private readonly TaskStore _hongKong = new("hk-");

    public IReadOnlyList<Route> Routes =>
    [
        .. Like("", _vendor, isWrapped: false),
        .. Like("/runwayml/v1", _gateway, isWrapped: true),
        Route.Post("/runway/pro/generate", Generate),
        Route.Post("/runway/feed", Feed),
        Route.Post("/runway/tasks", Create),
        Route.Get("/runway/tasks/{id}", call => _hongKong.Look(call["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(ShowHongKong(call, task)))),
    ];

    private static IEnumerable<Route> Like(string root, TaskStore tasks, bool isWrapped) =>
    [
        Route.Post(root + "/text_to_video", call => Submit(call, tasks, "TEXT_TO_VIDEO", call.Body.RequiredText("promptText"))),
        Route.Post(root + "/image_to_video", call => IsImage(call.Body.Required("promptImage")) ? Submit(call, tasks, "IMAGE_TO_VIDEO", call.Body.Text("promptText") ?? "") : Refused("promptImage is invalid")),
        Route.Get(root + "/tasks/{id}", call => tasks.Look(call["id"], task => task is null or { IsDeleted: true } ? Missing() : TaskStore.Show(isWrapped ? Wrapped(call, task) : Show(call, task)))),
        Route.Delete(root + "/tasks/{id}", call => tasks.With(call["id"], static task => task is null ? Missing() : Delete(task))),
    ];

    private static Answer Submit(EndpointCall call, TaskStore tasks, string action, string prompt)
    {
        if (call.Exchange.Http.Header("X-Runway-Version") is null)
        {
            return Refused("X-Runway-Version header is required");
        }

        call.Body.RequiredText("model");
        return prompt.Contains(TaskWords.Refuse) ? Refused("The prompt does not keep to the rules of use.") : TaskStore.Show(Shape.Of(("id", tasks.Add(call, action, prompt).Id)));
    }

    private static Answer Delete(LongTask task)
    {
        if (!task.Cancel())
        {
            task.Delete();
        }

        return new Answer { StatusCode = 204 };
    }

    private static bool IsImage(JsonElement image) => image.ValueKind == JsonValueKind.String
        || (image.ValueKind == JsonValueKind.Array && image.EnumerateArray().All(static frame => new Fields(frame) is var fields && fields.Text("uri") is not null && fields.Text("position") is "first" or "last"));

    private static Answer Refused(string message) => TaskStore.Show(Shape.Of(("error", message))) with { StatusCode = 400 };

    private static Answer Missing() => TaskStore.Show(Shape.Of(("error", "Task not found"))) with { StatusCode = 404 };

    private Answer Generate(EndpointCall call)
    {
        call.Body.RequiredText("model");
        string prompt = call.Body.RequiredText("prompt");
        return prompt.Contains(TaskWords.Refuse)
            ? TaskStore.Show(Shape.Of(("code", 400), ("message", "The prompt does not keep to the rules of use."), ("data", null)))
            : TaskStore.Show(Shape.Of(("code", 200), ("message", ""), ("msg", "success"), ("data", Shape.Of(("task_id", _comet.Add(call, "generate", prompt).Id)))));
    }

    private Answer Feed(EndpointCall call) => _comet.Look(call.Body.RequiredText("task_id"), task => task is null ? FilmShapes.Unknown() : TaskStore.Show(Shape.Of(
        ("task_id", task.Id),
        ("action", "generate"),
        ("status", FilmShapes.Word(task, "SUBMITTED", "IN_PROGRESS", "SUCCESS", "FAILURE")),
        ("progress", Percent(task)),
        ("submit_time", FilmShapes.Seconds(task)),
        ("result_url", FilmShapes.Address(call, task)),
        ("fail_reason", task.Stage == TaskStage.Failed ? "The film could not be made." : ""))));

    private Answer Create(EndpointCall call)
    {
        call.Body.RequiredText("taskType");
        string prompt = call.Body.Object("options") is { } options ? new Fields(options).RequiredText("text_prompt") : "";
        return prompt.Contains(TaskWords.Refuse) ? FilmShapes.Sensitive() : TaskStore.Show(ShowHongKong(call, _hongKong.Add(call, "generate", prompt)));
    }

    private static Dictionary<string, object?> ShowHongKong(EndpointCall call, LongTask task) => Shape.Of(("task", Shape.Of(
        ("id", task.Id),
        ("status", FilmShapes.Word(task, "PENDING", "RUNNING", "SUCCEEDED", "FAILED")),
        ("progressText", null),
        ("progressRatio", (task.Percent / 100.0).ToString(CultureInfo.InvariantCulture)),
        ("artifacts", FilmShapes.Address(call, task) is { } address ? new List<object?> { Shape.Of(("url", address)) } : []),
        ("error", task.Stage == TaskStage.Failed ? Shape.Of(("message", "The film could not be made.")) : null))));

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task)
    {
        Dictionary<string, object?> shape = Shape.Of(
            ("id", task.Id),
            ("status", FilmShapes.Word(task, "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED")),
            ("createdAt", task.Submitted.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)));
        switch (task.Stage)
        {
            case TaskStage.Running:
                shape["progress"] = task.Percent / 100.0;
                break;
            case TaskStage.Failed:
                shape["failure"] = "The film could not be made.";
                shape["failureCode"] = "SAFETY.INPUT.TEXT";
                break;
            case TaskStage.Done:
                shape["output"] = FilmShapes.Address(call, task) is { } address ? new List<object?> { address } : [];
                break;
        }

        return shape;
    }

    private static Dictionary<string, object?> Wrapped(EndpointCall call, LongTask task) => Shape.Of(("code", "success"), ("message", ""), ("data", Shape.Of(
        ("task_id", task.Id),
        ("action", task.Action),
        ("status", FilmShapes.Word(task, "QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE", "CANCELLED")),
        ("fail_reason", task.Stage == TaskStage.Failed ? "The film could not be made." : ""),
        ("submit_time", FilmShapes.Seconds(task)),
        ("start_time", 0),
        ("finish_time", 0),
        ("progress", Percent(task)),
        ("data", task.Percent == 0 ? null : Show(call, task)))));

    private static string Percent(LongTask task) => string.Format(CultureInfo.InvariantCulture, "{0}%", task.Percent);
}
