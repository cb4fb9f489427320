using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Luma, at gateways and in the vendor's own form. Nobody is told how much is done, and times are as ISO writes them.</summary>
internal sealed class LumaEndpoint
{
    private readonly TaskStore _gateway = new("luma-");
    private readonly TaskStore _vendor = new("dream-");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/luma/generations", call => Begin(call, call.Body.RequiredText("user_prompt"))),
        Route.Post("/luma/generations/{id}/extend", Extend),
        Route.Get("/luma/generations/{id}", call => _gateway.Look(call["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(Show(call, task)))),
        Route.Post("/dream-machine/v1/generations", Submit),
        Route.Post("/dream-machine/v1/generations/video", Submit),
        Route.Get("/dream-machine/v1/generations/{id}", call => _vendor.Look(call["id"], task => task is null or { IsDeleted: true } ? Missing() : TaskStore.Show(ShowVendor(call, task)))),
        Route.Delete("/dream-machine/v1/generations/{id}", call => _vendor.With(call["id"], static task => task?.Delete() == true ? new Answer { StatusCode = 204 } : Missing())),
    ];

    private Answer Begin(EndpointCall call, string prompt) => prompt.Contains(TaskWords.Refuse) ? FilmShapes.Sensitive() : TaskStore.Show(Show(call, _gateway.Add(call, "generate", prompt)));

    private Answer Extend(EndpointCall call)
    {
        bool isDone = _gateway.With(call["id"], static task => task is { Stage: TaskStage.Done });
        return isDone ? Begin(call, call.Body.RequiredText("user_prompt")) : FilmShapes.Unknown();
    }

    private Answer Submit(EndpointCall call)
    {
        Fields body = call.Body;
        string prompt = body.Text("prompt") ?? "";
        if (body.Text("model") is null)
        {
            return Detail(400, "Field required: model");
        }

        if (prompt.Contains(TaskWords.Refuse))
        {
            return Detail(400, "Prompt not allowed because advanced moderation failed");
        }

        return body.Object("keyframes") is { } frames && frames.EnumerateObject().Any(frame => !IsFrame(frame.Value))
            ? Detail(400, "Invalid keyframes")
            : TaskStore.Show(ShowVendor(call, _vendor.Add(call, "generate", prompt, body.Text("model"))));
    }

    private bool IsFrame(JsonElement json)
    {
        Fields frame = new(json);
        return frame.Text("type") switch
        {
            "image" => frame.Text("url") is { Length: > 0 },
            "generation" => _vendor.With(frame.Text("id"), static task => task is { Stage: TaskStage.Done }),
            _ => false,
        };
    }

    private static Answer Missing() => Detail(404, "Generation not found");

    private static Answer Detail(int status, string detail) => TaskStore.Show(Shape.Of(("detail", detail))) with { StatusCode = status };

    private static string Time(LongTask task) => task.Submitted.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task) => Shape.Of(
        ("id", task.Id),
        ("prompt", task.Prompt),
        ("state", FilmShapes.Word(task, "pending", "processing", "completed", "failed")),
        ("created_at", Time(task)),
        ("batch_id", ""),
        ("video", FilmShapes.Address(call, task) is { } address ? Shape.Of(("url", address), ("download_url", address), ("width", 1280), ("height", 720)) : null),
        ("video_raw", null),
        ("thumbnail", null),
        ("failure_reason", task.Stage == TaskStage.Failed ? "The film could not be made." : null));

    private static Dictionary<string, object?> ShowVendor(EndpointCall call, LongTask task) => Shape.Of(
        ("id", task.Id),
        ("generation_type", "video"),
        ("state", FilmShapes.Word(task, "queued", "dreaming", "completed", "failed")),
        ("failure_reason", task.Stage == TaskStage.Failed ? "The film could not be made." : null),
        ("created_at", Time(task)),
        ("model", task.Extra),
        ("assets", FilmShapes.Address(call, task) is { } address ? Shape.Of(("video", address), ("image", null), ("progress_video", null)) : null),
        ("request", Shape.Of(("prompt", task.Prompt))));
}
