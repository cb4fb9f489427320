using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Vidu: four paths, each of which takes its own number of pictures.</summary>
internal sealed class ViduEndpoint
{
    private static readonly string[] Roots = ["/ent/v2", "/vidu/ent/v2"];

    private readonly TaskStore _tasks = new("vidu");

    public IReadOnlyList<Route> Routes =>
    [
        .. Roots.SelectMany(root => new[]
        {
            Route.Post(root + "/text2video", call => Submit(call, root, 0, 0)),
            Route.Post(root + "/img2video", call => Submit(call, root, 1, 1)),
            Route.Post(root + "/start-end2video", call => Submit(call, root, 2, 2)),
            Route.Post(root + "/reference2video", call => Submit(call, root, 1, 7)),
            Route.Get(root + "/tasks/{id}/creations", call => Look(call, root)),
        }),
    ];

    private Answer Submit(EndpointCall call, string root, int fewest, int most)
    {
        CheckWord(call, root);
        string model = call.Model();
        string prompt = call.Body.Text("prompt") ?? "";
        int pictures = call.Body.Array("images")?.GetArrayLength() ?? 0;
        return pictures < fewest || pictures > most ? Refused(400, "CallParameterInvalid", "The number of images is invalid.")
            : prompt.Contains(TaskWords.Refuse) ? Refused(400, "AuditSubmitIllegal", "The prompt holds words that are not allowed.")
            : TaskStore.Show(Submitted(_tasks.Add(call, "video", prompt, model)));
    }

    private Answer Look(EndpointCall call, string root)
    {
        CheckWord(call, root);
        return _tasks.Look(call["id"], task => task is null ? Refused(404, "TaskNotFound", "The task is not found.") : TaskStore.Show(Shape.Of(
            ("id", task.Id),
            ("state", FilmShapes.Word(task, "queueing", "processing", "success", "failed")),
            ("err_code", task.Stage == TaskStage.Failed ? "AuditSubmitIllegal" : ""),
            ("credits", 4),
            ("payload", ""),
            ("creations", FilmShapes.Address(call, task) is { } address ? new[] { Shape.Of(("id", task.Id + "-1"), ("url", address), ("cover_url", ResultFiles.Address(call, "image", task))) } : null))));
    }

    private static Dictionary<string, object?> Submitted(LongTask task) => Shape.Of(
        ("task_id", task.Id), ("state", "created"), ("model", task.Extra), ("prompt", task.Prompt), ("created_at", task.Submitted.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));

    // The vendor has a word of its own before the key.
    private static void CheckWord(EndpointCall call, string root)
    {
        if (root == "/ent/v2" && call.Exchange.Http.Header("Authorization") is { } key && !key.StartsWith("Token ", StringComparison.Ordinal))
        {
            throw new ApiException(ApiError.Standard(401));
        }
    }

    private static Answer Refused(int status, string reason, string message) => TaskStore.Show(Shape.Of(("code", status), ("reason", reason), ("message", message), ("metadata", Shape.Of()))) with { StatusCode = status };
}
