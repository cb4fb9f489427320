using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;
using ChatPS.Sandbox.Json;
using ChatPS.Sandbox.Play;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Families.OpenAI.Generations;

/// <summary>Tasks of Midjourney, as its proxies serve them: refusals come under status 200, times are milliseconds, and a preview is shown while a task runs.</summary>
internal sealed class MidjourneyEndpoint
{
    private static readonly (string Label, string Emoji, string Action)[] GridButtons =
    [
        ("U1", "", "upsample::1"), ("U2", "", "upsample::2"), ("U3", "", "upsample::3"), ("U4", "", "upsample::4"), ("", "🔄", "reroll::0"),
        ("V1", "", "variation::1"), ("V2", "", "variation::2"), ("V3", "", "variation::3"), ("V4", "", "variation::4"),
    ];

    private static readonly (string Label, string Emoji, string Action)[] SingleButtons =
    [
        ("Upscale (Subtle)", "", "upsample_subtle::1"), ("Vary (Strong)", "🪄", "high_variation::1"), ("Vary (Region)", "🖌️", "Inpaint::1"), ("Zoom Out 2x", "🔍", "Outpaint::50"),
        ("Custom Zoom", "🔍", "CustomZoom::1"), ("", "⬅️", "pan_left::1"), ("", "➡️", "pan_right::1"), ("", "⬆️", "pan_up::1"), ("", "⬇️", "pan_down::1"), ("", "❤️", "BOOKMARK::1"),
    ];

    private readonly TaskStore _tasks = new("mj");

    public IReadOnlyList<Route> Routes =>
    [
        Route.Post("/mj/submit/{kind}", Submit),
        Route.Post("/{mode}/mj/submit/{kind}", Submit),
        Route.Post("/mj/insight-face/swap", call => Submit(call, "swap")),
        Route.Get("/mj/task/{id}/fetch", Fetch),
        Route.Post("/mj/task/list-by-condition", List),
        Route.Get("/mj/task/{id}/image-seed", Seed),
        Route.Post("/mj/task/{id}/cancel", Cancel),
    ];

    private Answer Submit(EndpointCall call) => Submit(call, call["kind"]);

    private Answer Submit(EndpointCall call, string kind)
    {
        Fields body = call.Body;
        string prompt = body.Text("prompt") ?? "";
        return prompt.Contains(TaskWords.Refuse)
            ? TaskStore.Show(Shape.Of(("code", 24), ("description", "May contain sensitive words"), ("result", null), ("properties", Shape.Of(("bannedWord", "refuse")))))
            : kind switch
            {
                "imagine" => Begin(call, "IMAGINE", body.RequiredText("prompt")),
                "shorten" => Begin(call, "SHORTEN", body.RequiredText("prompt")),
                "edits" => Begin(call, "EDITS", body.RequiredText("prompt"), body.RequiredText("image")),
                "video" => Begin(call, "VIDEO", prompt, body.RequiredText("motion")),
                "blend" => Strings(body, "base64Array").Length is >= 2 and <= 5 ? Begin(call, "BLEND", "") : Invalid("base64Array"),
                "describe" => Begin(call, "DESCRIBE", "", body.RequiredText("base64")),
                "swap" => Begin(call, "SWAP_FACE", "", body.RequiredText("sourceBase64"), body.RequiredText("targetBase64")),
                "upload-discord-images" => Upload(call, Strings(body, "base64Array")),
                "action" => Press(call, body.RequiredText("taskId"), body.RequiredText("customId")),
                "change" => Press(call, body.RequiredText("taskId"), Change(body)),
                "modal" => Continue(call, body.RequiredText("taskId"), body.Text("prompt")),
                _ => throw new ApiException(call.Exchange.Dialect.UnknownPath(call.Exchange.Http)),
            };
    }

    private Answer Begin(EndpointCall call, string action, string prompt, params string[] needed) =>
        Array.TrueForAll(needed, static text => text.Length > 0) ? Taken(_tasks.Add(call, action, prompt).Id) : Invalid("prompt");

    private static Answer Taken(string id, int code = 1) =>
        TaskStore.Show(Shape.Of(("code", code), ("description", "Submit success"), ("result", id), ("properties", Shape.Of(("discordInstanceId", "1")))));

    private static Answer Invalid(string field) => TaskStore.Show(Shape.Of(("code", 4), ("description", field + " is invalid"), ("result", null)));

    private static Answer Unknown() => TaskStore.Show(Shape.Of(("code", 3), ("description", "Task does not exist"), ("result", null)));

    private static Answer Upload(EndpointCall call, string[] pictures) => pictures.Length == 0
        ? Invalid("base64Array")
        : TaskStore.Show(Shape.Of(("code", 1), ("description", "success"), ("result", pictures.Select((_, part) => ResultFiles.Address(call, "image", new LongTask("upload", "UPLOAD", "", call.Created), part + 1)).ToList<object?>())));

    private static string Change(Fields body) => body.RequiredText("action").ToUpperInvariant() switch
    {
        "UPSCALE" => string.Format(CultureInfo.InvariantCulture, "MJ::JOB::upsample::{0}", body.Integer("index", 1, 4)),
        "VARIATION" => string.Format(CultureInfo.InvariantCulture, "MJ::JOB::variation::{0}", body.Integer("index", 1, 4)),
        _ => "MJ::JOB::reroll::0",
    };

    private Answer Press(EndpointCall call, string id, string customId)
    {
        (string Prompt, bool IsDone)? parent = _tasks.With(id, static task => task is null ? ((string, bool)?)null : (task.Prompt, task.Stage == TaskStage.Done));
        if (parent is not (var prompt, var isDone))
        {
            return Unknown();
        }

        if (!isDone)
        {
            return TaskStore.Show(Shape.Of(("code", 4), ("description", "The task has not succeeded yet"), ("result", null)));
        }

        bool waits = customId.Contains("Inpaint") || customId.Contains("CustomZoom");
        string action = customId.Contains("upsample") ? "UPSCALE" : customId.Contains("variation") ? "VARIATION" : customId.Contains("pan_") ? "PAN" : waits ? "INPAINT" : customId.Contains("reroll") ? "REROLL" : "ACTION";
        LongTask task = _tasks.Add(call, action, waits ? prompt + " " + TaskWords.Input : prompt);
        return waits
            ? TaskStore.Show(Shape.Of(("code", 21), ("description", "Waiting for window confirm"), ("result", task.Id), ("properties", Shape.Of(("status", "MODAL")))))
            : Taken(task.Id);
    }

    private Answer Continue(EndpointCall call, string id, string? prompt) => _tasks.With(id, task =>
    {
        if (task is not { Stage: TaskStage.NeedsInput })
        {
            return Unknown();
        }

        task.Continue();
        return Taken(task.Id);
    });

    private Answer Fetch(EndpointCall call) => _tasks.Look(call["id"], task => task is null ? Unknown() : TaskStore.Show(Show(call, task)));

    private Answer List(EndpointCall call) =>
        TaskStore.Show(Strings(call.Body, "ids").Select(id => _tasks.Look(id, task => task is null ? null : Show(call, task))).Where(static task => task is not null).ToList<object?>());

    private Answer Seed(EndpointCall call) => _tasks.With(call["id"], task => task is { Stage: TaskStage.Done }
        ? TaskStore.Show(Shape.Of(("code", 1), ("description", "success"), ("result", (call.Number * 7919).ToString(CultureInfo.InvariantCulture))))
        : Unknown());

    private Answer Cancel(EndpointCall call) => _tasks.With(call["id"], task => task?.Cancel() == true ? Taken(task.Id) : Unknown());

    private static Dictionary<string, object?> Show(EndpointCall call, LongTask task)
    {
        bool isDone = task.Stage == TaskStage.Done;
        bool isText = task.Action is "DESCRIBE" or "SHORTEN";
        bool isFilm = task.Action == "VIDEO";
        (string, string, string)[] buttons = !isDone || isText || isFilm ? [] : task.Action is "UPSCALE" or "SWAP_FACE" ? SingleButtons : GridButtons;
        return Shape.Of(
            ("id", task.Id),
            ("action", task.Action),
            ("status", task.IsOdd ? "REVIEWING" : task.Stage switch
            {
                TaskStage.Queued => "",
                TaskStage.Running => "IN_PROGRESS",
                TaskStage.NeedsInput => "MODAL",
                TaskStage.Done => "SUCCESS",
                TaskStage.Failed => "FAILURE",
                _ => "CANCEL",
            }),
            ("prompt", task.Prompt),
            ("promptEn", task.Prompt),
            ("description", "/imagine " + task.Prompt),
            ("submitTime", task.Submitted.ToUnixTimeMilliseconds()),
            ("startTime", task.Stage == TaskStage.Queued ? null : task.Submitted.ToUnixTimeMilliseconds() + 1000),
            ("finishTime", isDone || task.Stage == TaskStage.Failed ? task.Submitted.ToUnixTimeMilliseconds() + 60_000 : null),
            ("progress", task.Percent == 0 ? "" : string.Format(CultureInfo.InvariantCulture, "{0}%", task.Percent)),
            ("imageUrl", isText || isFilm || task.Percent == 0 || (isDone && task.IsEmpty) ? null : ResultFiles.Address(call, "image", task)),
            ("videoUrl", isFilm && isDone ? ResultFiles.Address(call, "video", task) : null),
            ("failReason", task.Stage == TaskStage.Failed ? "The picture could not be drawn." : null),
            ("properties", isText && isDone ? Shape.Of(("finalPrompt", "1️⃣ a picture of bars --ar 1:1\n\n2️⃣ two colours")) : Shape.Of(("finalPrompt", task.Prompt))),
            ("buttons", buttons.Select(button => (object?)Shape.Of(("customId", $"MJ::JOB::{button.Item3}::{task.Id}"), ("emoji", button.Item2), ("label", button.Item1), ("type", 2), ("style", 2))).ToList()));
    }

    private static string[] Strings(Fields body, string member) => body.Array(member) is { } list
        ? [.. list.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")]
        : [];
}
