using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Zhipu, at the host or below what a gateway or the vendor puts before it. Times, progress and reasons are not told.</summary>
internal sealed class ZhipuEndpoint
{
    private readonly TaskStore _tasks = new("zhipu-");

    public IReadOnlyList<Route> Routes => [.. Like("/v4"), .. Like("/cogvideox/v4"), .. Like("/api/paas/v4")];

    private IEnumerable<Route> Like(string root) =>
    [
        Route.Post(root + "/videos/generations", Submit),
        Route.Get(root + "/async-result/{id}", call => _tasks.Look(call["id"], task => task is null
            ? Error(404, "1222", "The task does not exist.")
            : TaskStore.Show(Show(call, task)))),
    ];

    private Answer Submit(EndpointCall call)
    {
        Fields body = call.Body;
        string model = call.Model();
        string prompt = body.Text("prompt") ?? "";
        if (prompt.Contains(TaskWords.Refuse))
        {
            return Error(400, "1301", "The prompt may hold what is not safe.");
        }

        if (prompt.Length == 0 && !body.TryGet("image_url", out _))
        {
            return Error(400, "1214", "Give a prompt or a picture.");
        }

        LongTask task = _tasks.Add(call, "video", prompt, model);
        return TaskStore.Show(Shape.Of(("model", model), ("id", task.Id), ("request_id", body.Text("request_id") ?? call.Id("req")), ("task_status", "PROCESSING")));
    }

    private static Answer Error(int status, string code, string message) => TaskStore.Show(Shape.Of(("error", Shape.Of(("code", code), ("message", message))))) with { StatusCode = status };

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task)
    {
        Dictionary<string, object?> shape = Shape.Of(
            ("model", task.Extra),
            ("request_id", call.Id("req")),
            ("task_status", FilmShapes.Word(task, "PROCESSING", "PROCESSING", "SUCCESS", "FAIL")));
        if (FilmShapes.Address(call, task) is { } address)
        {
            shape["video_result"] = new List<object?> { Shape.Of(("url", address), ("cover_image_url", ResultFiles.Address(call, "image", task))) };
        }

        return shape;
    }
}
