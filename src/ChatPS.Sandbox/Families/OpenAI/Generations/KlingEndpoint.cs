using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Kling: the vendor refuses under status 200 with a number, and counts in milliseconds; the gateway below <c>kling/</c> answers in its own forms.</summary>
internal sealed class KlingEndpoint
{
    private static readonly string[] Kinds = ["text", "image"];

    private readonly TaskStore _tasks = new("kling");

    // Named as they are: an id of OpenAI's films could stand in the same place.
    public IReadOnlyList<Route> Routes =>
    [
        .. Kinds.SelectMany(kind => new[]
        {
            Route.Post($"/videos/{kind}2video", call => Submit(call, kind)),
            Route.Get($"/videos/{kind}2video/{{id}}", call => Look(call, kind)),
            Route.Post($"/kling/v1/videos/{kind}2video", call => SubmitAtGateway(call, kind)),
            Route.Get($"/kling/v1/videos/{kind}2video/{{id}}", LookAtGateway),
        }),
    ];

    private Answer Submit(EndpointCall call, string kind) =>
        Begin(call, kind) is { } task ? TaskStore.Show(Show(call, task)) : Refused(1301, "Your request was blocked by risk control.");

    private Answer SubmitAtGateway(EndpointCall call, string kind) => Begin(call, kind) is { } task ? TaskStore.Show(FilmShapes.Video(call, task)) : FilmShapes.Sensitive();

    private LongTask? Begin(EndpointCall call, string kind)
    {
        string prompt = kind == "text" ? call.Body.RequiredText("prompt") : call.Body.Text("prompt") ?? "";
        if (kind != "text")
        {
            call.Body.RequiredText("image");
        }

        // A number is refused, though it means the same.
        if (call.Body.TryGet("duration", out JsonElement duration) && duration.ValueKind != JsonValueKind.String)
        {
            throw new ApiException(ApiError.WrongType("duration", "a string", duration));
        }

        return prompt.Contains(TaskWords.Refuse) ? null : _tasks.Add(call, kind, prompt, call.Body.Text("model_name"));
    }

    private Answer Look(EndpointCall call, string kind) => _tasks.Look(call["id"], task => task?.Action == kind
        ? TaskStore.Show(Show(call, task))
        : Refused(1203, "The requested task does not exist.") with { StatusCode = 404 });

    private Answer LookAtGateway(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(FilmShapes.Wrapped(call, task, Show(call, task))));

    private static Answer Refused(int code, string message) => TaskStore.Show(Shape.Of(("code", code), ("message", message), ("request_id", "sandbox")));

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task) => Shape.Of(
        ("code", 0),
        ("message", "SUCCEED"),
        ("request_id", "sandbox"),
        ("data", Shape.Of(
            ("task_id", task.Id),
            ("task_status", FilmShapes.Word(task, "submitted", "processing", "succeed", "failed")),
            ("task_status_msg", task.Stage == TaskStage.Failed ? "The film could not be made." : ""),
            ("created_at", task.Submitted.ToUnixTimeMilliseconds()),
            ("updated_at", task.Submitted.ToUnixTimeMilliseconds() + 60_000),
            ("task_result", FilmShapes.Address(call, task) is { } address ? Shape.Of(("videos", new[] { Shape.Of(("id", task.Id + "-1"), ("url", address), ("duration", "5")) })) : null))));
}
