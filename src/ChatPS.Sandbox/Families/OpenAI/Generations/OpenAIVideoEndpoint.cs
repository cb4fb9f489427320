using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films in OpenAI's way, as gateways go on with it: JSON or a form, and films that the gateway hands out itself. A model whose name begins with <c>sandbox-sora</c> has no other address.</summary>
internal sealed class OpenAIVideoEndpoint
{
    private readonly TaskStore _tasks = new("video_");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/videos", Submit),
        Route.Get("/videos/{id}", Look),
        Route.Get("/videos/{id}/content", Content),
        Route.Post("/videos/{id}/remix", Remix),
    ];

    private Answer Submit(EndpointCall call)
    {
        bool isForm = call.Exchange.Http.Header("Content-Type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        Form? form = isForm ? call.Form : null;
        if (form is not null && !form.Files("input_reference").Any() && form.Text("input_reference") is null)
        {
            throw new ApiException(ApiError.Missing("input_reference"));
        }

        return Begin(call, form is null ? call.Body.RequiredText("prompt") : form.RequiredText("prompt"), form is null ? call.Model() : form.RequiredText("model"));
    }

    private Answer Begin(EndpointCall call, string prompt, string model) => prompt.Contains(TaskWords.Refuse)
        ? throw new ApiException(ApiError.Invalid("Your request was blocked by our moderation system.", "prompt", "moderation_blocked"))
        : TaskStore.Show(FilmShapes.Video(call, _tasks.Add(call, "generate", prompt, model)));

    private Answer Look(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? FilmShapes.Unknown() : TaskStore.Show(Show(call, task)));

    private Answer Content(EndpointCall call) => _tasks.With(call["id"], task => task is { Stage: TaskStage.Done }
        ? Download.Of(call, ResultFiles.Film(task.Id), "video/mp4")
        : throw new ApiException(ApiError.Standard(404, "The film is not ready.")));

    private Answer Remix(EndpointCall call)
    {
        string prompt = call.Body.RequiredText("prompt");
        string? model = _tasks.With(call["id"], static task => task is { Stage: TaskStage.Done } ? task.Extra as string : null);
        return model is null ? FilmShapes.Unknown() : Begin(call, prompt, model);
    }

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task)
    {
        Dictionary<string, object?> shape = FilmShapes.Video(call, task);
        if (task.Extra is string model && model.StartsWith("sandbox-sora", StringComparison.Ordinal))
        {
            shape.Remove("metadata");
        }

        return shape;
    }
}
