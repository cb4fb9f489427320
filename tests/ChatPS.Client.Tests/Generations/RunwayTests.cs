using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class RunwayTests : FamilyTest
{
    [Theory]
    [InlineData("Gateway", "/runwayml/v1/text_to_video")]
    [InlineData("Vendor", "/v1/text_to_video")]
    public async Task Submit_Words_BecomeAFilm(string form, string path) => await SubmitAsync(
        Ask(form, "Video"), """{"id":"r1"}""", "POST " + path, """{"model":"m","promptText":"a fox","ratio":"1280:720","duration":7,"seed":1}""");

    [Theory]
    [InlineData("Gateway", "/runwayml/v1/image_to_video")]
    [InlineData("Vendor", "/v1/image_to_video")]
    public async Task Submit_Picture_BecomesAFilm(string form, string path) => await SubmitAsync(
        Ask(form, "Animate", ("Image", Fox)), """{"id":"r1"}""", "POST " + path, """{"model":"m","promptText":"a fox","promptImage":"https://example.com/fox.png","ratio":"1280:720","duration":7,"seed":1}""");

    [Fact]
    public async Task Submit_TwoPictures_HavePositions() => await SubmitAsync(
        Ask("Vendor", "Animate", ("Image", Fox), ("EndImage", Hen)),
        """{"id":"r1"}""",
        "POST /v1/image_to_video",
        """{"model":"m","promptText":"a fox","promptImage":[{"uri":"https://example.com/fox.png","position":"first"},{"uri":"data:image/png;base64,AAAA","position":"last"}],"ratio":"1280:720","duration":7,"seed":1}""");

    [Fact]
    public async Task Submit_Comet_HasOptions() => Assert.Equal("r1", (await SubmitAsync(
        Ask("Comet", "Animate", ("Image", Fox)) with { NotifyUri = "https://example.com/hook" },
        """{"code":200,"message":"","msg":"success","data":{"task_id":"r1"}}""",
        "POST /runway/pro/generate",
        """{"callback_url":"https://example.com/hook","image":"https://example.com/fox.png","model":"m","prompt":"a fox","ratio":"1280:720","options":{"seconds":7,"seed":1}}""")).Id);

    [Fact]
    public async Task Submit_OpenAIHK_NamesTheModelAsATask() => Assert.Equal("r1", (await SubmitAsync(
        new GenerationRequest { Service = "Runway", Form = "OpenAIHK", Prompt = "a fox", Model = "m", Parameters = Given(("Title", "fox"), ("Duration", 5L), ("Resolution", "720p"), ("Watermark", false)) },
        """{"task":{"id":"r1","status":"PENDING"}}""",
        "POST /runway/tasks",
        """{"taskType":"m","internal":false,"options":{"text_prompt":"a fox","name":"fox","seconds":5,"resolution":"720p","watermark":false}}""")).Id);

    [Theory]
    [InlineData("""{"id":"r1","status":"RUNNING","createdAt":"2026-11-26T10:00:00Z","progress":0.42}""")]
    [InlineData("""{"code":"success","message":"","data":{"task_id":"r1","action":"IMAGE_TO_VIDEO","status":"IN_PROGRESS","submit_time":1795687200,"progress":"42%","data":{"id":"r1","status":"RUNNING","progress":0.4}}}""")]
    public async Task Look_BareOrWrapped_IsTheSame(string answer)
    {
        ChatGeneration task = await LookAsync(Known("Gateway"), answer, "GET /runwayml/v1/tasks/r1", header: "X-Runway-Version: 2024-11-06");

        Assert.Equal(("r1", ChatGenerationStatus.Running, 42d), (task.Id, task.Status, task.Progress));
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), task.SubmittedAt);
    }

    [Theory]
    [InlineData("""{"id":"r1","status":"SUCCEEDED","output":["https://x/v.mp4"]}""")]
    [InlineData("""{"code":"success","data":{"task_id":"r1","status":"SUCCESS","progress":"100%","data":{"id":"r1","status":"SUCCEEDED","output":["https://x/v.mp4"]}}}""")]
    [InlineData("""{"code":"success","data":{"task_id":"r1","status":"SUCCESS","result_url":"https://x/v.mp4"}}""")]
    [InlineData("""{"task_id":"r1","status":"SUCCESS","video_url":"https://x/v.mp4"}""")]
    public async Task Look_Done_HasTheAddress(string answer)
    {
        ChatGeneration task = await LookAsync(Known("Vendor"), answer, "GET /v1/tasks/r1");

        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (task.Status, Assert.Single(task.Result).Url));
    }

    [Theory]
    [InlineData("""{"id":"r1","status":"FAILED","failure":"because","failureCode":"SAFETY.INPUT.TEXT"}""")]
    [InlineData("""{"code":"success","data":{"task_id":"r1","status":"FAILURE","fail_reason":"because","data":{"status":"FAILED","failure":"other","failureCode":"SAFETY.INPUT.TEXT"}}}""")]
    public async Task Look_Failed_TellsWhy(string answer)
    {
        ChatGeneration task = await LookAsync(Known("Vendor"), answer, "GET /v1/tasks/r1");

        Assert.Equal((ChatGenerationStatus.Failed, "because", "SAFETY.INPUT.TEXT"), (task.Status, task.FailReason, task.FailCode));
    }

    [Fact]
    public async Task Look_Comet_AsksInABody() =>
        Assert.Equal(ChatGenerationStatus.Running, (await LookAsync(Known("Comet"), """{"code":200,"data":{"task_id":"r1","status":"IN_PROGRESS"}}""", "POST /runway/feed", """{"task_id":"r1"}""")).Status);

    [Fact]
    public async Task Stop_TaskThatHasEnded_IsRefusedUnlessForced()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"id":"r1","status":"SUCCEEDED","output":["https://x/v.mp4"]}"""), RawServer.Answer(204, ""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.StopAsync(Known("Vendor"), force: false, CallSettings.None, default));
        await connection.Generations.StopAsync(Known("Vendor"), force: true, CallSettings.None, default);

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("deletes its results", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["GET", "DELETE"], server.Exchanges.Select(exchange => exchange.Head.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Comet")]
    [InlineData("OpenAIHK")]
    public async Task Stop_WhereNobodyCan_IsRefused(string form)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.StopAsync(Known(form), force: true, CallSettings.None, default));

        Assert.StartsWith($"Runway in the form {form} cannot stop a task", failure.Message, StringComparison.Ordinal);
    }

    private static ChatGeneration Known(string form) => new() { Id = "r1", Service = "Runway", Form = form };

    private static GenerationRequest Ask(string form, string action, params (string Name, object? Value)[] more) => new()
    {
        Service = "Runway",
        Form = form,
        Action = action,
        Prompt = "a fox",
        Model = "m",
        Parameters = Given([("AspectRatio", "1280:720"), ("Duration", 7L), ("Seed", 1L), .. more]),
    };
}
