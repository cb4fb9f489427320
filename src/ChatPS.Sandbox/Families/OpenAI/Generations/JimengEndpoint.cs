using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Films of Jimeng: one path for all, a query that says what is asked, and the code 10000 where all is well.</summary>
internal sealed class JimengEndpoint
{
    private readonly TaskStore _tasks = new("jimeng");

    public IReadOnlyList<Route> Routes => [Route.Post("/", Handle), Route.Post("/jimeng/", Handle)];

    private Answer Handle(EndpointCall call) => call.Query["Action"] switch
    {
        "CVSync2AsyncSubmitTask" => Submit(call),
        "CVSync2AsyncGetResult" => Look(call),
        _ => FilmShapes.Error(400, "invalid_action", "The Action is missing, or not known."),
    };

    private Answer Submit(EndpointCall call)
    {
        string model = call.Body.RequiredText("req_key");
        string prompt = call.Body.Text("prompt") ?? "";
        return prompt.Contains(TaskWords.Refuse) ? Said(50412, "The prompt holds words that are not allowed.", null) : Said(10000, "Success", Shape.Of(("task_id", _tasks.Add(call, "video", prompt, model).Id)));
    }

    private Answer Look(EndpointCall call) => _tasks.Look(call.Body.RequiredText("task_id"), task => task switch
    {
        null => Said(10000, "Success", Shape.Of(("status", "not_found"))),
        { Stage: TaskStage.Failed } => Said(50500, "The film could not be made.", null),
        _ => Said(10000, "Success", Shape.Of(("status", FilmShapes.Word(task, "in_queue", "generating", "done", "done")), ("video_url", FilmShapes.Address(call, task) ?? ""))),
    });

    private static Answer Said(int code, string message, object? data) => TaskStore.Show(Shape.Of(("code", code), ("data", data), ("message", message), ("request_id", "sandbox"), ("status", code)));
}
