using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Seedance: a list of parts goes in, and a task can be stopped, which deletes what has ended.</summary>
internal sealed class SeedanceEndpoint
{
    private static readonly string[] Roots = ["/api/v3", "/volc/v1"];

    private readonly TaskStore _tasks = new("cgt-");

    public IReadOnlyList<Route> Routes =>
    [
        .. Roots.SelectMany(root => new[]
        {
            Route.Post(root + "/contents/generations/tasks", Submit),
            Route.Get(root + "/contents/generations/tasks/{id}", Look),
            Route.Delete(root + "/contents/generations/tasks/{id}", Delete),
        }),
    ];

    private Answer Submit(EndpointCall call)
    {
        string model = call.Model();
        JsonElement content = call.Body.Required("content");
        if (content.ValueKind != JsonValueKind.Array || content.GetArrayLength() == 0)
        {
            throw new ApiException(ApiError.WrongType("content", "an array of parts", content));
        }

        string prompt = PromptReader.Text(content) ?? "";
        return prompt.Contains(TaskWords.Refuse)
            ? throw new ApiException(ApiError.Invalid("The request failed because the input text may contain sensitive information.", "", "InputTextSensitiveContentDetected"))
            : TaskStore.Show(Shape.Of(("id", _tasks.Add(call, call.Body.Flag("return_last_frame") ? "video and frame" : "video", prompt, model).Id)));
    }

    private Answer Look(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? throw NotFound() : TaskStore.Show(Shape.Of(
        ("id", task.Id),
        ("model", task.Extra),
        ("status", FilmShapes.Word(task, "queued", "running", "succeeded", "failed")),
        ("content", FilmShapes.Address(call, task) is { } address ? Content(call, task, address) : null),
        ("error", task.Stage == TaskStage.Failed ? Shape.Of(("code", "OutputVideoSensitiveContentDetected"), ("message", "The film could not be made.")) : null),
        ("usage", Shape.Of(("completion_tokens", 1000), ("total_tokens", 1000))),
        ("seed", 7),
        ("resolution", "720p"),
        ("duration", 5),
        ("ratio", "16:9"),
        ("framespersecond", 24),
        ("created_at", FilmShapes.Seconds(task)),
        ("updated_at", FilmShapes.Seconds(task, 60)))));

    private Answer Delete(EndpointCall call) => _tasks.With(call["id"], task =>
    {
        if (task is null)
        {
            throw NotFound();
        }

        task.Cancel();
        return TaskStore.Show(Shape.Of());
    });

    private static Dictionary<string, object?> Content(EndpointCall call, LongTask task, string address) => task.Action == "video"
        ? Shape.Of(("video_url", address))
        : Shape.Of(("video_url", address), ("last_frame_url", ResultFiles.Address(call, "image", task)));

    private static ApiException NotFound() => new(new ApiError(404, "The specified resource is not found.", "NotFound", "", "ResourceNotFound"));
}
