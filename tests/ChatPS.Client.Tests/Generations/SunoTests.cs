using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Generations;

public sealed class SunoTests : FamilyTest
{
    private const string Taken = """{"code":"success","message":"","data":"s1"}""";
    private const string TakenByReseller = """{"code":200,"msg":"success","data":{"taskId":"s1"}}""";

    private static readonly ChatGeneration Parent = new()
    {
        Id = "p1",
        Service = "Suno",
        Form = "Gateway",
        Status = ChatGenerationStatus.Succeeded,
        Result = [new ChatGenerationResult { Kind = "audio", Id = "a1" }, new ChatGenerationResult { Kind = "audio", Id = "a2" }],
    };

    public static TheoryData<string, string, string> Gateway => new()
    {
        { "Song", "/suno/submit/music", """{"gpt_description_prompt":"rain","mv":"m","make_instrumental":false,"notify_hook":"https://example.com/hook"}""" },
        { "Sing", "/suno/submit/music", """{"prompt":"rain","mv":"m","title":"T","tags":"folk, slow","make_instrumental":false,"notify_hook":"https://example.com/hook"}""" },
        { "Instrumental", "/suno/submit/music", """{"gpt_description_prompt":"rain","mv":"m","title":"T","tags":"folk, slow","make_instrumental":true,"notify_hook":"https://example.com/hook"}""" },
        { "Lyrics", "/suno/submit/lyrics", """{"prompt":"rain","notify_hook":"https://example.com/hook"}""" },
    };

    public static TheoryData<string, string, string> Reseller => new()
    {
        { "Song", "/api/v1/generate", """{"prompt":"rain","model":"m","customMode":false,"instrumental":false,"callBackUrl":"https://example.com/hook"}""" },
        { "Sing", "/api/v1/generate", """{"prompt":"rain","model":"m","title":"T","style":"folk, slow","customMode":true,"instrumental":false,"callBackUrl":"https://example.com/hook"}""" },
        { "Instrumental", "/api/v1/generate", """{"prompt":"rain","model":"m","title":"T","style":"folk, slow","customMode":true,"instrumental":true,"callBackUrl":"https://example.com/hook"}""" },
        { "Lyrics", "/api/v1/lyrics", """{"prompt":"rain","callBackUrl":"https://example.com/hook"}""" },
    };

    [Theory]
    [MemberData(nameof(Gateway))]
    public async Task Submit_AtAGateway_SaysWhichModeItIs(string action, string path, string body) =>
        Assert.Equal("s1", (await SubmitAsync(Ask("Gateway", action), Taken, "POST " + path, body)).Id);

    [Theory]
    [MemberData(nameof(Reseller))]
    public async Task Submit_AtAReseller_SaysWhichModeItIs(string action, string path, string body) =>
        Assert.Equal("s1", (await SubmitAsync(Ask("SunoApi", action), TakenByReseller, "POST " + path, body)).Id);

    [Fact]
    public async Task Submit_AddressThatNamesApiAlready_DoesNotRepeatIt() =>
        await SubmitAsync(
            new GenerationRequest { Service = "Suno", Form = "SunoApi", Action = "Lyrics", Prompt = "rain" }, TakenByReseller, "POST /api/v1/lyrics", """{"prompt":"rain"}""", path: "/api/v1");

    [Theory]
    [InlineData("upload-cover", "Cover")]
    [InlineData("upload-extend", "ExtendUpload")]
    [InlineData("add-vocals", "AddVocals")]
    [InlineData("add-instrumental", "AddInstrumental")]
    public async Task Submit_Recording_GoesAsAnAddress(string path, string action)
    {
        string instrumental = action == "AddInstrumental" ? "true" : "false";
        await SubmitAsync(
            new GenerationRequest { Service = "Suno", Form = "SunoApi", Action = action, Model = "m", Prompt = "rain", Parameters = Given(("Audio", "https://example.com/a.mp3")) },
            TakenByReseller,
            "POST /api/v1/generate/" + path,
            $$"""{"uploadUrl":"https://example.com/a.mp3","prompt":"rain","model":"m","customMode":true,"instrumental":{{instrumental}}}""");
    }

    [Fact]
    public async Task Extend_AtAGateway_NamesTaskAndSong()
    {
        ChatGeneration task = await SubmitAsync(
            new GenerationRequest { Service = "Suno", Action = "Extend", Prompt = "more rain", Parent = Parent, Parameters = Given(("Number", 2L), ("ContinueAt", 61.5)) },
            Taken,
            "POST /suno/submit/music",
            """{"prompt":"more rain","make_instrumental":false,"task_id":"p1","continue_clip_id":"a2","continue_at":61.5}""");

        Assert.Equal("p1", task.ParentId);
    }

    [Fact]
    public async Task Extend_AtAReseller_NamesTheSong() => await SubmitAsync(
        new GenerationRequest { Service = "Suno", Form = "SunoApi", Action = "Extend", Model = "m", Parent = GenerationCopy.Of(Parent, form: "SunoApi") },
        TakenByReseller,
        "POST /api/v1/generate/extend",
        """{"model":"m","defaultParamFlag":false,"audioId":"a1"}""");

    [Fact]
    public async Task Extend_SongThatIsNotThere_IsRefusedBeforeAnythingIsSent()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.SubmitAsync(
            new GenerationRequest { Service = "Suno", Action = "Extend", Parent = Parent, Parameters = Given(("Number", 3L)) }, CallSettings.None, default));

        Assert.Equal((ErrorIds.InvalidRequest, null), (failure.ErrorId, failure.StatusCode));
        Assert.StartsWith("-Number is 3; the task p1 has 2 songs", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway", "SunoApi", "VocalGender")]
    [InlineData("SunoApi", "Gateway", null)]
    public void Submit_WhatOnlyTheOtherFormTakes_IsRefused(string form, string other, string? parameter)
    {
        ChatServiceException failure = Refused(new GenerationRequest
        {
            Service = "Suno",
            Form = form,
            Prompt = "rain",
            Parameters = parameter is null ? [] : Given((parameter, "m")),
        });

        Assert.StartsWith(parameter is null ? "-Model is missing" : "-VocalGender", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(other, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "IN_PROGRESS", 0, null)]
    [InlineData("[]", "IN_PROGRESS", 0, null)]
    [InlineData("""[{"id":"a1","status":"streaming","audio_url":"https://x/a1"},{"id":"a2","status":"complete","audio_url":"https://x/a2"}]""", "IN_PROGRESS", 1, null)]
    [InlineData("""[{"id":"a1","title":"Rain","audio_url":"https://x/a1","text":"words","metadata":{"duration":198.4}},{"id":"a2","audio_url":"https://x/a2"}]""", "SUCCESS", 2, "words")]
    public async Task Look_SongsOfAGateway_AreAsFarAsTheyAre(string data, string status, int songs, string? text)
    {
        ChatGeneration task = await LookAsync(Known("Gateway"), $$$"""{"code":"success","data":{"task_id":"s1","action":"MUSIC","status":"{{{status}}}","progress":"37%","submit_time":1764100000,"data":{{{data}}}}}""", "GET /suno/fetch/s1");

        Assert.Equal((songs, text, 37d), (task.Result.Count, task.Text, task.Progress));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100000), task.SubmittedAt);
        Assert.All(task.Result, song => Assert.Equal("audio", song.Kind));
    }

    [Theory]
    [InlineData("""{"id":"l1","text":"[Verse] rain","title":"Rain","status":"complete"}""")]
    [InlineData("""[{"prompt":"[Verse] rain","title":"Rain","state":"complete"}]""")]
    public async Task Look_LyricsOfAGateway_AreText(string data)
    {
        ChatGeneration task = await LookAsync(Known("Gateway"), $$$"""{"code":"success","data":{"task_id":"s1","action":"LYRICS","status":"SUCCESS","data":{{{data}}}}}""", "GET /suno/fetch/s1");

        Assert.Equal(("[Verse] rain", "Lyrics"), (task.Text, task.Action));
        Assert.Empty(task.Result);
    }

    [Fact]
    public async Task Look_FailedSong_TellsWhatTheSongTells()
    {
        ChatGeneration task = await LookAsync(Known("Gateway"), """{"code":"success","data":{"task_id":"s1","action":"MUSIC","status":"FAILURE","fail_reason":"","data":[{"id":"a1","metadata":{"error_type":"moderation","error_message":"not these words"}}]}}""", "GET /suno/fetch/s1");

        Assert.Equal((ChatGenerationStatus.Failed, "not these words", "moderation"), (task.Status, task.FailReason, task.FailCode));
    }

    [Fact]
    public async Task List_TasksOfAGateway_AreOneCall()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        ChatGeneration song = await connection.Generations.SubmitAsync(Ask("Gateway", "Song"), CallSettings.None, default);
        ChatGeneration words = await connection.Generations.SubmitAsync(Ask("Gateway", "Lyrics"), CallSettings.None, default);
        sandbox.ClearRequests();

        IReadOnlyList<ChatGeneration?> tasks = await connection.Generations.LookAsync([words, Known("Gateway"), song], CallSettings.None, default);

        Assert.Equal("POST /suno/fetch", Assert.Single(sandbox.GetRequests()).ToString());
        Assert.Equal([words.Id, null, song.Id], tasks.Select(task => task?.Id));
    }

    [Theory]
    [InlineData("PENDING", "null", ChatGenerationStatus.NotStarted, 0)]
    [InlineData("TEXT_SUCCESS", """{"sunoData":[{"id":"a1","audioUrl":"","streamAudioUrl":"https://x/s"}]}""", ChatGenerationStatus.Running, 0)]
    [InlineData("FIRST_SUCCESS", """{"sunoData":[{"id":"a1","audioUrl":"https://x/a1"},{"id":"a2","audioUrl":null}]}""", ChatGenerationStatus.Running, 1)]
    [InlineData("SUCCESS", """{"sunoData":[{"id":"a1","audioUrl":"https://x/a1"},{"id":"a2","audioUrl":"https://x/a2"}]}""", ChatGenerationStatus.Succeeded, 2)]
    [InlineData("CALLBACK_EXCEPTION", """{"sunoData":[{"id":"a1","audioUrl":"https://x/a1"}]}""", ChatGenerationStatus.Succeeded, 1)]
    [InlineData("CALLBACK_EXCEPTION", "null", ChatGenerationStatus.Failed, 0)]
    [InlineData("SENSITIVE_WORD_ERROR", "null", ChatGenerationStatus.Failed, 0)]
    [InlineData("CREATE_TASK_FAILED", "null", ChatGenerationStatus.Failed, 0)]
    public async Task Look_SongsOfAReseller_AreAsFarAsTheyAre(string word, string response, ChatGenerationStatus status, int songs)
    {
        ChatGeneration task = await LookAsync(
            GenerationCopy.Of(Known("SunoApi")), $$$"""{"code":200,"msg":"success","data":{"taskId":"s1","status":"{{{word}}}","errorCode":null,"errorMessage":null,"response":{{{response}}}}}""", "GET /api/v1/generate/record-info?taskId=s1");

        Assert.Equal((status, songs, word), (task.Status, task.Result.Count, task.RawStatus));
    }

    [Fact]
    public async Task Look_LyricsOfAReseller_AreTextWhoeverAsks()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        ChatGeneration words = await connection.Generations.SubmitAsync(Ask("SunoApi", "Lyrics"), CallSettings.None, default);
        using GenerationWaiter waiter = new(1);

        ChatGeneration done = await waiter.WaitAsync(connection.Generations, new ChatGeneration { Id = words.Id, Service = "Suno", Form = "SunoApi" }, CallSettings.None, null, default);

        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
        Assert.StartsWith("[Verse]", done.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(501)]
    [InlineData(531)]
    public async Task Look_CodeOfAFailureUnderSuccess_IsAFailedTask(int code)
    {
        ChatGeneration task = await LookAsync(Known("SunoApi"), $$"""{"code":{{code}},"msg":"the credits were given back","data":null}""", "GET /api/v1/generate/record-info?taskId=s1");

        Assert.Equal((ChatGenerationStatus.Failed, FormattableString.Invariant($"{code}"), "the credits were given back"), (task.Status, task.FailCode, task.FailReason));
    }

    [Fact]
    public async Task Submit_RefusedUnderSuccess_HasItsCode()
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(Ask("SunoApi", "Song"), """{"code":531,"msg":"no","data":null}""", "POST /", "{}"));

        Assert.Equal("531", failure.ServiceCode);
    }

    private static ChatGeneration Known(string form) => new() { Id = "s1", Service = "Suno", Form = form, Action = form == "SunoApi" ? "Song" : "" };

    private static GenerationRequest Ask(string form, string action) => new()
    {
        Service = "Suno",
        Form = form,
        Action = action,
        Prompt = "rain",
        Model = action == "Lyrics" ? null : "m",
        NotifyUri = "https://example.com/hook",
        Parameters = action is "Sing" or "Instrumental" ? Given(("Title", "T"), ("Tags", "folk, slow")) : [],
    };
}
