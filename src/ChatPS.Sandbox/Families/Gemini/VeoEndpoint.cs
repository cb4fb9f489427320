using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Families.OpenAI;
using ChatPS.Sandbox.Families.OpenAI.Generations;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.Gemini;

/// <summary>Films of Veo, as operations: they say nothing until they are done, and a film that is filtered is missing.</summary>
/// <param name="otherFile">Answers with a file that is no film.</param>
internal sealed class VeoEndpoint(Func<EndpointCall, Answer> otherFile)
{
    private static readonly string[] Reasons = ["The film shows what it must not."];

    private readonly TaskStore _tasks = new("veo");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/models/{model}:predictLongRunning", Submit),
        Route.Get("/models/{model}/operations/{id}", Look),
        Route.Get("/files/{id}:download", Download),
    ];

    private Answer Submit(EndpointCall call)
    {
        JsonElement instances = call.Body.Required("instances");
        Fields instance = instances.ValueKind == JsonValueKind.Array && instances.GetArrayLength() == 1
            ? new Fields(instances[0], "instances[0].")
            : throw new ApiException(ApiError.Invalid("Exactly one instance is taken."));

        // A picture can do without words.
        string prompt = instance.Object("image") is null ? instance.RequiredText("prompt") : instance.Text("prompt") ?? "";
        return prompt.Contains(TaskWords.Refuse)
            ? throw new ApiException(ApiError.Invalid("The prompt holds words that are not allowed."))
            : TaskStore.Show(Shape.Of(("name", Name(call, _tasks.Add(call, "video", prompt)))));
    }

    private Answer Look(EndpointCall call) => _tasks.Look(call["id"], task => task is null
        ? throw new ApiException(new ApiError(404, "The operation is not found.", ApiError.InvalidRequest, null, null))
        : TaskStore.Show(task.Stage switch
        {
            TaskStage.Failed => Shape.Of(("name", Name(call, task)), ("done", true), ("response", Shape.Of(("generateVideoResponse", Shape.Of(("raiMediaFilteredCount", 1), ("raiMediaFilteredReasons", Reasons)))))),
            TaskStage.Done => Shape.Of(("name", Name(call, task)), ("done", true), ("response", Shape.Of(("generateVideoResponse", Shape.Of(("generatedVideos", Films(call, task))))))),
            _ => Shape.Of(("name", Name(call, task))),
        }));

    private Answer Download(EndpointCall call) => _tasks.With(call["id"], task => task switch
    {
        null => otherFile(call),
        _ when call.Query["part"] == "expired" => throw new ApiException(ApiError.Standard(403, "The file has expired.")),
        _ => Families.Download.Of(call, ResultFiles.Film(task.Id), "video/mp4"),
    });

    private static string Name(EndpointCall call, LongTask task) => $"models/{task.Extra ?? call["model"]}/operations/{task.Id}";

    private static object?[] Films(EndpointCall call, LongTask task) => task.IsEmpty
        ? []
        : [Shape.Of(("video", Shape.Of(("uri", $"http://{call.Exchange.Http.Header("Host")}/v1beta/files/{task.Id}:download?alt=media&part={(task.HasExpired ? "expired" : "1")}"))))];
}
