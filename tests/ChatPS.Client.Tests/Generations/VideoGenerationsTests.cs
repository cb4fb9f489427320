using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films in the one form of gateways, and in OpenAI's.</summary>
public sealed class VideoGenerationsTests
{
    private const string Taken = """{"id":"task_abc","task_id":"task_abc","object":"video","model":"m","status":"queued","progress":0,"created_at":1764100000}""";

    [Fact]
    public async Task Submit_OnePictureAndMore_AreFieldsAndMetadataOfTheVendor()
    {
        (string line, string body, RawExchange exchange, ChatGeneration task) = await SentGeneration.Of(
            "Video", null, "m", "a fox", ("Image", SentGeneration.Picture), ("Duration", 5L), ("Size", "720x1280"), ("Quality", "pro"),
            ("Metadata", new Dictionary<string, object?> { ["seed"] = 7, ["camera_control"] = new Dictionary<string, object?> { ["type"] = "simple" } })).SubmitAsync(Taken);

        Assert.Equal("POST /v1/video/generations", line);
        Assert.Equal(
            $$$"""{"model":"m","prompt":"a fox","duration":5,"size":"720x1280","mode":"pro","metadata":{"seed":7,"camera_control":{"type":"simple"}},"image":"{{{SentGeneration.PictureAddress}}}"}""", body);
        Assert.Equal("Bearer " + Engine.Key, exchange.Header("Authorization"));
        Assert.Equal("application/json", exchange.Header("Content-Type")!.Split(';')[0]);
        Assert.Equal(("task_abc", "NewApi", ChatGenerationStatus.NotStarted, "queued", null), (task.Id, task.Form, task.Status, task.RawStatus, task.Progress));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100000), task.SubmittedAt);
    }

    [Fact]
    public async Task Submit_SeveralPictures_AreAList() => Assert.Equal(
        """{"model":"m","prompt":"a fox","images":["https://x/1.png","https://x/2.png"]}""",
        (await SentGeneration.Of("Video", "NewApi", "m", "a fox", ("Image", new List<object?> { GenerationPicture.At("https://x/1.png"), GenerationPicture.At("https://x/2.png") })).SubmitAsync(Taken)).Body);

    [Fact]
    public async Task Submit_CallBackAndMetadata_StandInOnePlace() => Assert.Equal(
        """{"model":"m","prompt":"a fox","metadata":{"callback_url":"https://me/hook","seed":7}}""",
        (await (SentGeneration.Of("Video", null, "m", "a fox", ("Metadata", new Dictionary<string, object?> { ["seed"] = 7 })) with { NotifyUri = "https://me/hook" }).SubmitAsync(Taken)).Body);

    [Fact]
    public async Task Submit_MembersOfTheUser_JoinTheMetadata() => Assert.Equal(
        """{"model":"m","prompt":"a fox","metadata":{"seed":7,"fps":30},"n":2}""",
        (await SentGeneration.Of("Video", null, "m", "a fox", ("Metadata", new Dictionary<string, object?> { ["seed"] = 7 })).SubmitAsync(
            Taken, new CallSettings { AdditionalBody = new Dictionary<string, object?> { ["metadata"] = new Dictionary<string, object?> { ["fps"] = 30 }, ["n"] = 2 } })).Body);

    [Fact]
    public async Task Submit_OlderForm_HasItsOwnPathAndFields()
    {
        (string line, string body, _, ChatGeneration task) = await SentGeneration.Of(
            "Video", "create", "m", "a fox", ("Image", GenerationPicture.At("https://x/1.png")), ("AspectRatio", "16:9"), ("EnhancePrompt", true)).SubmitAsync("""{"id":"v1","status":"pending","status_update_time":1764100000000}""");

        Assert.Equal("POST /v1/video/create", line);
        Assert.Equal("""{"model":"m","prompt":"a fox","aspect_ratio":"16:9","enhance_prompt":true,"images":["https://x/1.png"]}""", body);
        Assert.Equal(("v1", "Create", ChatGenerationStatus.NotStarted), (task.Id, task.Form, task.Status));
    }

    [Theory]
    [InlineData(null, "GET /v1/video/generations/a%20b")]
    [InlineData("NewApi", "GET /v1/video/generations/a%20b")]
    [InlineData("Create", "GET /v1/video/query?id=a%20b")]
    public async Task Look_EachForm_HasItsPath(string? form, string expected)
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Video", Form = form, Id = "a b" }, """{"code":"success","data":{"task_id":"a b","status":"SUCCESS","result_url":"https://x/v.mp4"}}""");

        Assert.Equal([expected], lines);
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (seen.Status, seen.Result[0].Url));
    }

    [Theory]
    [InlineData("NewApi", "AspectRatio", "16:9")]
    [InlineData("Create", "Metadata", "x")]
    public async Task Submit_ParameterOfTheOtherForm_IsRefusedBeforeAnythingIsSent(string form, string name, object value)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:1/v1"));
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.SubmitAsync(SentGeneration.Of("Video", form, "m", "a fox", (name, value)), CallSettings.None, default));

        Assert.Contains("-" + name, failure.Message, StringComparison.Ordinal);
        Assert.Contains(form, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_RefusedByWordUnderStatus200_IsTheServicesWord()
    {
        ChatServiceException failure = await SentGeneration.Of("Video", null, "m", "a fox").RefuseAsync("""{"code":"quota_not_enough","message":"nothing left","data":null}""");

        Assert.Contains("nothing left", failure.Message, StringComparison.Ordinal);
        Assert.Equal("quota_not_enough", failure.ServiceCode);
    }

    [Fact]
    public async Task Submit_OpenAIVideoWithoutFiles_IsJsonWithSecondsAsText()
    {
        (string line, string body, _, ChatGeneration task) = await SentGeneration.Of(
            "OpenAIVideo", null, "m", "a fox", ("Image", GenerationPicture.At("https://x/1.png")), ("Duration", 8L), ("Size", "1280x720")).SubmitAsync(Taken);

        Assert.Equal("POST /v1/videos", line);
        Assert.Equal("""{"model":"m","prompt":"a fox","seconds":"8","size":"1280x720","input_reference":"https://x/1.png"}""", body);
        Assert.Equal(("task_abc", null), (task.Id, task.Form));
    }

    [Fact]
    public async Task Submit_OpenAIVideoWithFiles_IsAFormOfFieldsAndFiles()
    {
        (string line, string body, RawExchange exchange, _) = await SentGeneration.Of(
            "OpenAIVideo", null, "m", "ein Füchslein", ("Image", new List<object?> { SentGeneration.Picture, GenerationPicture.At("https://x/2.png") }), ("Duration", 8L)).SubmitAsync(
                Taken, new CallSettings { AdditionalBody = new Dictionary<string, object?> { ["style"] = "calm", ["more"] = new Dictionary<string, object?> { ["a"] = 1 } } });

        Assert.Equal("POST /v1/videos", line);
        Assert.StartsWith("multipart/form-data; boundary=", exchange.Header("Content-Type"), StringComparison.Ordinal);
        foreach (string part in new[] { "name=\"model\"\r\n\r\nm\r\n", "name=\"prompt\"\r\n\r\nein Füchslein\r\n", "name=\"seconds\"\r\n\r\n8\r\n", "name=\"style\"\r\n\r\ncalm\r\n", "name=\"more\"\r\n\r\n{\"a\":1}\r\n", "name=\"input_reference\"\r\n\r\nhttps://x/2.png\r\n" })
        {
            Assert.Contains(part, body, StringComparison.Ordinal);
        }

        Assert.Contains("name=\"input_reference\"; filename=\"image.png\"", body, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_Remix_GoesOnFromTheFilm()
    {
        ChatGeneration film = new() { Service = "OpenAIVideo", Id = "v1", Status = ChatGenerationStatus.Succeeded };
        (string line, string body, _, ChatGeneration task) = await (SentGeneration.Of("OpenAIVideo", null, null, "at night") with { Action = "remix", Parent = film }).SubmitAsync(
            """{"id":"v2","object":"video","status":"queued","remixed_from_video_id":"v1"}""");

        Assert.Equal(("POST /v1/videos/v1/remix", """{"prompt":"at night"}"""), (line, body));
        Assert.Equal(("v2", "Remix", "v1"), (task.Id, task.Action, task.ParentId));
    }

    [Fact]
    public async Task Look_OpenAIVideoThatIsUnknownAndThenDone_RunsAndSucceeds()
    {
        ChatGeneration task = new() { Service = "OpenAIVideo", Id = "v1" };
        ChatGeneration first = (await SentGeneration.LookAsync(task, """{"id":"v1","object":"video","status":"unknown","progress":0}""")).Task;
        (string[] lines, _, ChatGeneration second) = await SentGeneration.LookAsync(first, """{"id":"v1","object":"video","status":"completed","progress":100,"metadata":{"url":"https://x/v.mp4"}}""");

        Assert.Equal(["GET /v1/videos/v1"], lines);
        Assert.Equal((ChatGenerationStatus.Running, ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (first.Status, second.Status, second.Result[0].Url));
        Assert.Equal("Remix", Assert.Single(second.Actions).Name);
    }

    [Fact]
    public async Task Look_OpenAIVideoWithoutAddress_IsHandedOutByTheGateway()
    {
        using RawServer server = RawServer.Answering(200, """{"id":"v/1","object":"video","status":"completed","expires_at":1764186400}""");
        using ServiceConnection connection = Engine.Connect(server);
        ChatGeneration seen = await connection.Generations.LookAsync(new ChatGeneration { Service = "OpenAIVideo", Id = "v/1" }, CallSettings.None, default);

        Assert.Equal($"{server.BaseUri}/videos/v%2F1/content", seen.Result[0].Url);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764186400), seen.Result[0].ExpiresAt);
    }
}
