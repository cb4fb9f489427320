using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of all vendors in one form: new-api's, or the older one. A model whose name begins with <c>sandbox-veo</c> is answered for in the small form.</summary>
internal sealed class VideoEndpoint
{
    private readonly TaskStore _tasks = new("task_");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/video/generations", Submit),
        Route.Get("/video/generations/{id}", Look),
        Route.Post("/video/create", Create),
        Route.Get("/video/query", Query),
    ];

    private Answer Submit(EndpointCall call)
    {
        string model = call.Model();
        string prompt = call.Body.RequiredText("prompt");
        return prompt.Contains(TaskWords.Refuse) ? FilmShapes.Sensitive() : TaskStore.Show(FilmShapes.Video(call, _tasks.Add(call, "generate", prompt, model)));
    }

    private Answer Look(EndpointCall call) => _tasks.Look(call["id"], task => task switch
    {
        null => FilmShapes.Unknown(),
        { Extra: string model } when model.StartsWith("sandbox-veo", StringComparison.Ordinal) => TaskStore.Show(FilmShapes.Small(call, task)),
        _ => TaskStore.Show(FilmShapes.Wrapped(call, task)),
    });

    private Answer Create(EndpointCall call)
    {
        string model = call.Model();
        string prompt = call.Body.RequiredText("prompt");
        return prompt.Contains(TaskWords.Refuse)
            ? TaskStore.Show(Shape.Of(("error", Shape.Of(("message", "The prompt holds words that are not allowed."), ("type", "invalid_request_error"), ("code", "sensitive_words")))))
            : TaskStore.Show(Bare(call, _tasks.Add(call, "create", prompt, model)));
    }

    private Answer Query(EndpointCall call) => _tasks.Look(call.Query["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(Bare(call, task)));

    private static Dictionary<string, object?> Bare(EndpointCall call, LongTask task) => Shape.Of(
        ("id", task.Id),
        ("status", FilmShapes.Word(task, "pending", "processing", "completed", "failed")),
        ("progress", task.Percent),
        ("video_url", FilmShapes.Address(call, task)),
        ("enhanced_prompt", task.Prompt),
        ("error", task.Stage == TaskStage.Failed ? "The film could not be made." : null),
        ("status_update_time", task.Submitted.ToUnixTimeMilliseconds()));
}
