using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>What goes out to proxies of Midjourney, and what their answers mean.</summary>
public sealed class MidjourneyTests
{
    private const string Taken = """{"code":1,"description":"Submit success","result":"m2","properties":{}}""";

    private static readonly GenerationPicture Address = GenerationPicture.At("https://example.com/fox.png");
    private static readonly GenerationPicture Data = GenerationPicture.At("data:image/png;base64,AAAA");

    private static readonly ChatGeneration Parent = new()
    {
        Id = "m1",
        Service = "Midjourney",
        Status = ChatGenerationStatus.Succeeded,
        Actions = [new ChatGenerationAction { Name = "Upscale2", CustomId = "MJ::JOB::upsample::2::abc", Label = "U2" }],
    };

    private static readonly ChatGeneration Waiting = new() { Id = "m1", Service = "Midjourney", Status = ChatGenerationStatus.NeedsInput };

    public static TheoryData<string, string, string> Submits => new()
    {
        { "Imagine", "/mj/submit/imagine", """{"prompt":"a fox","notifyHook":"https://example.com/hook","base64Array":["data:image/png;base64,AAAA"],"botType":"NIJI_JOURNEY","state":"s"}""" },
        { "Blend", "/mj/submit/blend", """{"base64Array":["data:image/png;base64,AAAA","https://example.com/fox.png"],"dimensions":"SQUARE","botType":"MID_JOURNEY"}""" },
        { "Describe", "/mj/submit/describe", """{"base64":"data:image/png;base64,AAAA","language":"en"}""" },
        { "Shorten", "/mj/submit/shorten", """{"prompt":"a fox"}""" },
        { "Edit", "/mj/submit/edits", """{"prompt":"a fox","image":"https://example.com/fox.png"}""" },
        { "Video", "/mj/submit/video", """{"prompt":"a fox","image":"https://example.com/fox.png","endImage":"data:image/png;base64,AAAA","motion":"low","loop":true,"videoType":"vid_1","batchSize":2}""" },
        { "SwapFace", "/mj/insight-face/swap", """{"sourceBase64":"data:image/png;base64,AAAA","targetBase64":"https://example.com/fox.png"}""" },
        { "Upload", "/mj/submit/upload-discord-images", """{"base64Array":["data:image/png;base64,AAAA"]}""" },
    };

    public static TheoryData<string, string, string> FollowUps => new()
    {
        { "upscale2", "/mj/submit/action", """{"enableRemix":true,"state":"s","taskId":"m1","customId":"MJ::JOB::upsample::2::abc"}""" },
        { "Modal", "/mj/submit/modal", """{"prompt":"a hen","maskBase64":"data:image/png;base64,AAAA","taskId":"m1"}""" },
        { "Change", "/mj/submit/change", """{"action":"VARIATION","index":3,"taskId":"m1"}""" },
        { "ExtendVideo", "/mj/submit/video", """{"prompt":"on","index":0,"motion":"high","taskId":"m1","action":"extend"}""" },
    };

    [Theory]
    [MemberData(nameof(Submits))]
    public async Task Submit_EachKind_GoesWhereItBelongs(string action, string path, string body)
    {
        using RawServer server = RawServer.Answering(200, Taken);

        await SubmitAsync(server, Asked(action));

        AssertSent(server, "POST " + path, body);
    }

    [Theory]
    [MemberData(nameof(FollowUps))]
    public async Task Submit_EachFollowUp_NamesTheTask(string action, string path, string body)
    {
        using RawServer server = RawServer.Answering(200, Taken);

        ChatGeneration task = await SubmitAsync(server, Asked(action) with { Parent = action == "Modal" ? Waiting : Parent });

        AssertSent(server, "POST " + path, body);
        Assert.Equal(("m2", "m1"), (task.Id, task.ParentId));
    }

    [Fact]
    public async Task Submit_Button_IsCalledByItsOwnName()
    {
        using RawServer server = RawServer.Answering(200, Taken);

        Assert.Equal("Upscale2", (await SubmitAsync(server, Asked("upscale2") with { Parent = Parent })).Action);
    }

    [Theory]
    [InlineData("u1", "a")]
    [InlineData("Upscale1", "a")]
    [InlineData("upscale1-2", "b")]
    [InlineData("Seed-2", "c")]
    public async Task Submit_ButtonByNameOrLabel_IsTheOneThatIsMeant(string action, string customId)
    {
        ChatGeneration seen = await LookAsync("""{"id":"m1","status":"SUCCESS","buttons":[{"customId":"a","label":"U1"},{"customId":"b","label":"U1"},{"customId":"c","label":"Seed"}]}""");
        using RawServer server = RawServer.Answering(200, Taken);

        await SubmitAsync(server, new GenerationRequest { Service = "Midjourney", Action = action, Parent = seen });

        AssertSent(server, "POST /mj/submit/action", $$"""{"taskId":"m1","customId":"{{customId}}"}""");
    }

    [Fact]
    public async Task Look_FinishedTask_OffersNoInput()
    {
        ChatGeneration picture = await LookAsync("""{"id":"m1","status":"SUCCESS","imageUrl":"https://x/a.png"}""");
        ChatGeneration film = await LookAsync("""{"id":"m1","status":"SUCCESS","videoUrl":"https://x/a.mp4"}""");
        ChatGeneration text = await LookAsync("""{"id":"m1","action":"DESCRIBE","status":"SUCCESS","properties":{"finalPrompt":"bars"}}""");

        Assert.Equal(["Change", "Seed"], picture.Actions.Select(action => action.Name));
        Assert.Equal(["ExtendVideo"], film.Actions.Select(action => action.Name));
        Assert.Empty(text.Actions);
        using RawServer server = RawServer.Answering(200, Taken);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server, Asked("Modal") with { Parent = picture }));
        Assert.Contains("waits for nothing, it is Succeeded", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server, Asked("ExtendVideo") with { Parent = picture }));
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("Turbo")]
    [InlineData("relax")]
    public async Task Submit_Speed_IsAPathOfItsOwnThatFollowUpsKeep(string speed)
    {
        using RawServer server = RawServer.Answering(200, Taken);

        ChatGeneration task = await SubmitAsync(server, new GenerationRequest { Service = "Midjourney", Prompt = "a fox", Parameters = Given(("Speed", speed)) });
        await SubmitAsync(server, new GenerationRequest { Service = "Midjourney", Action = "Change", Parameters = Given(("Change", "REROLL")), Parent = task });

        AssertSent(server, $"POST /mj-{speed.ToLowerInvariant()}/mj/submit/imagine", """{"prompt":"a fox"}""", exchange: 0);
        AssertSent(server, $"POST /mj-{speed.ToLowerInvariant()}/mj/submit/change", """{"action":"REROLL","taskId":"m2"}""", exchange: 1);
    }

    [Fact]
    public async Task Submit_AddressOfAGatewayBelowAPath_IsKept()
    {
        using RawServer server = RawServer.Answering(200, Taken);
        using ServiceConnection connection = Engine.Connect(new Uri(server.BaseUri, "/gateway/v1"));

        await connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default);

        Assert.StartsWith("POST /gateway/mj/submit/imagine ", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, ErrorIds.InvalidRequest)]
    [InlineData(4, ErrorIds.InvalidRequest)]
    [InlineData(9, ErrorIds.ServerError)]
    [InlineData(23, ErrorIds.RateLimited)]
    [InlineData(24, ErrorIds.ContentFiltered)]
    public async Task Submit_RefusedUnderSuccess_IsAnErrorOfItsKindAndNotSentAgain(int code, string errorId)
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"code":{{{code}}},"description":"no, thank you","result":null,"properties":{"bannedWord":"hen"}}""");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server, Asked("Shorten")));

        Assert.Equal((errorId, FormattableString.Invariant($"{code}")), (failure.ErrorId, failure.ServiceCode));
        Assert.Contains("no, thank you (banned word: hen)", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(400, """{"description":"quota_not_enough","type":"upstream_error","code":4}""", "quota_not_enough")]
    [InlineData(401, """{"description":"invalid token","type":"new_api_error","code":4}""", "invalid token")]
    public async Task Submit_RefusedByTheGateway_SaysWhatItsDescriptionSays(int status, string body, string words)
    {
        using RawServer server = RawServer.Answering(status, body);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server, Asked("Shorten")));

        Assert.Equal(status, failure.StatusCode);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Submit_GroupIsSaturated_IsAskedAgain()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(429, """{"description":"saturated","type":"new_api_error","code":30}""", headers: "retry-after-ms: 1"), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        Assert.Equal("m2", (await connection.Generations.SubmitAsync(Asked("Shorten"), CallSettings.None, default)).Id);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("""{"code":22,"description":"in queue","result":"m2"}""", ChatGenerationStatus.NotStarted, null)]
    [InlineData("""{"code":21,"description":"exists","result":"m2","properties":{"status":"SUCCESS","imageUrl":"https://x"}}""", ChatGenerationStatus.NotStarted, null)]
    [InlineData("""{"code":21,"description":"Waiting for window confirm","result":"m2","properties":{"status":"MODAL"}}""", ChatGenerationStatus.NeedsInput, "Waiting for window confirm")]
    public async Task Submit_OtherWaysToTakeIt_AreTasks(string answer, ChatGenerationStatus status, string? reason)
    {
        using RawServer server = RawServer.Answering(200, answer);

        ChatGeneration task = await SubmitAsync(server, Asked("Shorten"));

        Assert.Equal(("m2", status, reason), (task.Id, task.Status, task.FailReason));
        Assert.Equal(status == ChatGenerationStatus.NeedsInput ? ["Modal"] : [], task.Actions.Select(action => action.Name));
    }

    [Fact]
    public async Task Upload_ListOfAddresses_IsTheResult()
    {
        using RawServer server = RawServer.Answering(200, """{"code":1,"description":"success","result":["https://cdn.example.com/1.png","https://cdn.example.com/2.png"]}""");

        ChatGeneration task = await SubmitAsync(server, Asked("Upload"));

        Assert.Equal(ChatGenerationStatus.Succeeded, task.Status);
        Assert.Equal(["https://cdn.example.com/1.png", "https://cdn.example.com/2.png"], task.Result.Select(result => result.Url));
    }

    [Fact]
    public async Task Seed_OfATask_IsItsText()
    {
        using RawServer server = RawServer.Answering(200, """{"code":1,"description":"success","result":"1234567"}""");

        ChatGeneration task = await SubmitAsync(server, new GenerationRequest { Service = "Midjourney", Action = "Seed", Parent = Parent });

        Assert.StartsWith("GET /mj/task/m1/image-seed ", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(("1234567", ChatGenerationStatus.Succeeded), (task.Text, task.Status));
        Assert.Empty(task.Actions);
    }

    [Fact]
    public async Task Stop_Task_IsCancelled()
    {
        using RawServer server = RawServer.Answering(200, """{"code":1,"description":"success","result":"m1"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatGeneration task = await connection.Generations.StopAsync(new ChatGeneration { Id = "m1", Service = "Midjourney" }, force: false, CallSettings.None, default);

        Assert.StartsWith("POST /mj/task/m1/cancel ", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(ChatGenerationStatus.Cancelled, task.Status);
    }

    [Fact]
    public async Task List_TaskThatIsNotKnown_IsMissing()
    {
        using RawServer server = RawServer.Answering(200, """[{"id":"m2","status":"IN_PROGRESS","progress":"37%"}]""");
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatGeneration?> tasks = await connection.Generations.LookAsync([Known("m1"), Known("m2")], CallSettings.None, default);

        AssertSent(server, "POST /mj/task/list-by-condition", """{"ids":["m1","m2"]}""");
        Assert.Null(tasks[0]);
        Assert.Equal(("m2", 37d), (tasks[1]!.Id, tasks[1]!.Progress));
    }

    [Fact]
    public async Task Look_RunningTask_KeepsThePreviewOutOfItsResults()
    {
        ChatGeneration task = await LookAsync("""{"id":"m1","action":"IMAGINE","status":"IN_PROGRESS","progress":"80%","imageUrl":"https://x/preview.png","submitTime":1764100000000}""");

        Assert.Equal((ChatGenerationStatus.Running, 80d), (task.Status, task.Progress));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1764100000000), task.SubmittedAt);
        Assert.Empty(task.Result);
    }

    [Theory]
    [InlineData(""","imageUrl":"https://x/mj/image/m1" """, "image https://x/mj/image/m1")]
    [InlineData(""","imageUrl":"https://x/grid.png","imageUrls":[{"url":"https://x/1.png"},{"url":"https://x/2.png"}]""", "image https://x/1.png|image https://x/2.png")]
    [InlineData(""","imageUrl":"https://x/first.png","videoUrl":"https://x/a.mp4","videoUrls":[{"url":"https://x/a.mp4"},{"url":"https://x/b.mp4"}]""", "video https://x/a.mp4|video https://x/b.mp4")]
    public async Task Look_FinishedTask_HasItsAddresses(string members, string results)
    {
        ChatGeneration task = await LookAsync($$"""{"id":"m1","status":"SUCCESS","progress":"100%"{{members}}}""");

        Assert.Equal(results, string.Join("|", task.Result.Select(result => $"{result.Kind} {result.Url}")));
    }

    [Fact]
    public async Task Look_Description_IsText()
    {
        ChatGeneration task = await LookAsync("""{"id":"m1","action":"DESCRIBE","status":"SUCCESS","properties":{"finalPrompt":"1️⃣ bars"}}""");

        Assert.Equal("1️⃣ bars", task.Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"code":3,"description":"Task does not exist"}""")]
    [InlineData("null")]
    public async Task Look_NoSuchTask_IsAnError(string answer)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => LookAsync(answer));

        Assert.True(answer == "null" || GenerationVigil.IsUnknown(failure));
    }

    [Theory]
    [InlineData("CANCEL", ChatGenerationStatus.Cancelled)]
    [InlineData("FAILURE", ChatGenerationStatus.Failed)]
    public async Task Look_TaskThatEnded_TellsWhy(string word, ChatGenerationStatus status)
    {
        ChatGeneration task = await LookAsync($$"""{"id":"m1","status":"{{word}}","progress":"","failReason":"because"}""");

        Assert.Equal((status, "because"), (task.Status, task.FailReason));
    }

    private static GenerationRequest Asked(string action) => new()
    {
        Service = "Midjourney",
        Action = action,
        Prompt = action switch { "Imagine" or "Shorten" or "Edit" or "Video" => "a fox", "Modal" => "a hen", "ExtendVideo" => "on", _ => null },
        NotifyUri = action == "Imagine" ? "https://example.com/hook" : null,
        Parameters = action switch
        {
            "Imagine" => Given(("Image", new List<object?> { Data }), ("BotType", "NIJI_JOURNEY"), ("State", "s")),
            "Blend" => Given(("Image", new List<object?> { Data, Address }), ("Dimensions", "SQUARE"), ("BotType", "MID_JOURNEY")),
            "Describe" => Given(("Image", Data), ("Language", "en")),
            "Edit" => Given(("Image", Address)),
            "Video" => Given(("Image", Address), ("EndImage", Data), ("Motion", "low"), ("Loop", true), ("VideoType", "vid_1"), ("BatchSize", 2L)),
            "SwapFace" => Given(("Source", Data), ("Target", Address)),
            "Upload" => Given(("Image", new List<object?> { Data })),
            "upscale2" => Given(("EnableRemix", true), ("State", "s")),
            "Modal" => Given(("Mask", Data)),
            "Change" => Given(("Change", "VARIATION"), ("Number", 3L)),
            "ExtendVideo" => Given(("Number", 0L), ("Motion", "high")),
            _ => Given(),
        },
    };

    private static Dictionary<string, object?> Given(params (string Name, object? Value)[] given) => given.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);

    private static ChatGeneration Known(string id) => new() { Id = id, Service = "Midjourney" };

    private static async Task<ChatGeneration> SubmitAsync(RawServer server, GenerationRequest request)
    {
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);
        return await connection.Generations.SubmitAsync(request, CallSettings.None, default).WaitAsync(Engine.Patience);
    }

    private static async Task<ChatGeneration> LookAsync(string answer)
    {
        using RawServer server = RawServer.Answering(200, answer);
        using ServiceConnection connection = Engine.Connect(server);
        ChatGeneration task = await connection.Generations.LookAsync(Known("m1"), CallSettings.None, default).WaitAsync(Engine.Patience);
        Assert.StartsWith("GET /mj/task/m1/fetch ", server.Exchanges[0].Head, StringComparison.Ordinal);
        return task;
    }

    private static void AssertSent(RawServer server, string line, string body, int exchange = 0)
    {
        Assert.StartsWith(line + " ", server.Exchanges[exchange].Head, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(body).RootElement, JsonDocument.Parse(server.Exchanges[exchange].Body).RootElement), server.Exchanges[exchange].Body);
    }
}
