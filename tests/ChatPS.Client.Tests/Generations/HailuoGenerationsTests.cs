using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of MiniMax, in both versions.</summary>
public sealed class HailuoGenerationsTests
{
    private const string Taken = """{"task_id":"h1","base_resp":{"status_code":0,"status_msg":"success"}}""";

    [Fact]
    public async Task Submit_FirstVersion_NamesFramesAndCharacter()
    {
        (string line, string body, RawExchange exchange, ChatGeneration task) = await (SentGeneration.Of(
            "Hailuo", "Vendor", "m", "a fox", ("Image", SentGeneration.Picture), ("EndImage", GenerationPicture.At("https://x/end.png")), ("Character", GenerationPicture.At("https://x/face.png")), ("Duration", 6L),
            ("Resolution", "768P"), ("EnhancePrompt", true), ("FastPreparation", false), ("Watermark", true)) with { NotifyUri = "https://me/hook" }).SubmitAsync(Taken);

        Assert.Equal("POST /v1/video_generation", line);
        Assert.Equal(
            $$"""{"model":"m","callback_url":"https://me/hook","duration":6,"resolution":"768P","prompt_optimizer":true,"fast_pretreatment":false,"aigc_watermark":true,"prompt":"a fox","first_frame_image":"{{SentGeneration.PictureAddress}}","last_frame_image":"https://x/end.png","subject_reference":[{"type":"character","image":["https://x/face.png"]}]}""",
            body);
        Assert.Equal("Bearer " + Engine.Key, exchange.Header("Authorization"));
        Assert.Equal(("h1", "Vendor", ChatGenerationStatus.NotStarted), (task.Id, task.Form, task.Status));
    }

    [Fact]
    public async Task Submit_SecondVersion_IsAListOfParts()
    {
        (string line, string body, _, ChatGeneration task) = await SentGeneration.Of(
            "Hailuo", "V2", "m", "a fox", ("Reference", new List<object?> { GenerationPicture.At("https://x/1.png") }), ("ReferenceVideo", new List<object?> { "https://x/1.mp4" }), ("ReferenceAudio", "https://x/1.mp3"), ("AspectRatio", "16:9"),
            ("Duration", 8L), ("Resolution", "2K")).SubmitAsync(Taken);

        Assert.Equal("POST /v2/video_generation", line);
        Assert.Equal(
            """{"model":"m","duration":8,"resolution":"2K","ratio":"16:9","content":[{"type":"text","text":"a fox"},{"type":"image_url","image_url":{"url":"https://x/1.png"},"role":"reference_image"},{"type":"video_url","video_url":{"url":"https://x/1.mp4"},"role":"reference_video"},{"type":"audio_url","audio_url":{"url":"https://x/1.mp3"},"role":"reference_audio"}]}""",
            body);
        Assert.Equal("V2", task.Form);
    }

    [Fact]
    public async Task Look_Success_AsksTheFileForItsAddress()
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Hailuo", Id = "h1" },
            """{"task_id":"h1","status":"Success","file_id":205,"video_width":1280,"video_height":720,"base_resp":{"status_code":0,"status_msg":"success"}}""",
            """{"file":{"file_id":205,"bytes":123,"filename":"output.mp4","download_url":"https://x/v.mp4"},"base_resp":{"status_code":0,"status_msg":"success"}}""");

        Assert.Equal(["GET /minimax/v1/query/video_generation?task_id=h1", "GET /minimax/v1/files/retrieve?file_id=205"], lines);
        ChatGenerationResult film = Assert.Single(seen.Result);
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4", "205", 123L), (seen.Status, film.Url, film.FileId, film.Size));
        Assert.Contains("video_width", seen.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Preparing", ChatGenerationStatus.NotStarted)]
    [InlineData("Queueing", ChatGenerationStatus.NotStarted)]
    [InlineData("Processing", ChatGenerationStatus.Running)]
    public async Task Look_UnderWay_AsksForNoFile(string word, ChatGenerationStatus expected)
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Hailuo", Form = "Vendor", Id = "h1" }, $$$"""{"task_id":"h1","status":"{{{word}}}","file_id":"","base_resp":{"status_code":0,"status_msg":"success"}}""");

        Assert.Equal(["GET /v1/query/video_generation?task_id=h1"], lines);
        Assert.Equal((expected, word), (seen.Status, seen.RawStatus));
    }

    [Fact]
    public async Task Look_GatewayThatKnowsTheAddress_IsAskedOnce()
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Hailuo", Id = "h1" }, """{"code":"success","data":{"task_id":"h1","status":"Success","file_id":"205","file":{"download_url":"https://x/v.mp4"}}}""");

        Assert.Single(lines);
        Assert.Equal("https://x/v.mp4", Assert.Single(seen.Result).Url);
    }

    [Fact]
    public async Task Look_Fail_SaysWhyFromTheSamePlaceAsARefusal()
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Hailuo", Id = "h1" }, """{"task_id":"h1","status":"Fail","file_id":"","base_resp":{"status_code":1027,"status_msg":"too dark"}}""")).Task;

        Assert.Equal((ChatGenerationStatus.Failed, "too dark", "1027"), (seen.Status, seen.FailReason, seen.FailCode));
    }

    [Fact]
    public async Task Look_SecondVersion_HasItsOwnPathAndWrapper()
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Hailuo", Form = "V2", Id = "h2" }, """{"task":{"id":"h2","model":"m","status":"succeeded","content":{"url":"https://x/v.mp4","prompt":"p"},"usage":{"total_tokens":1}}}""");

        Assert.Equal(["GET /v2/query/video_generation/h2"], lines);
        Assert.Equal("https://x/v.mp4", Assert.Single(seen.Result).Url);

        seen = (await SentGeneration.LookAsync(new ChatGeneration { Service = "Hailuo", Form = "V2", Id = "h2" }, """{"task":{"id":"h2","status":"failed","error":{"code":"1027","message":"too dark"}}}""")).Task;

        Assert.Equal((ChatGenerationStatus.Failed, "too dark", "1027"), (seen.Status, seen.FailReason, seen.FailCode));
    }

    [Theory]
    [InlineData(1004, "login fail: Please carry the API secret key")]
    [InlineData(1008, "insufficient balance")]
    [InlineData(1026, "new_sensitive")]
    [InlineData(2013, "invalid params")]
    public async Task Submit_StatusCodeUnderStatus200_IsARefusal(int code, string message)
    {
        ChatServiceException failure = await SentGeneration.Of("Hailuo", null, "m", "a fox").RefuseAsync($$$"""{"task_id":"","base_resp":{"status_code":{{{code}}},"status_msg":"{{{message}}}"}}""");

        Assert.Equal(code.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.ServiceCode);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("V2", "Character")]
    [InlineData("Vendor", "Reference")]
    public void Prepare_ParameterOfTheOtherVersion_IsInvalid(string form, string name)
    {
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.minimax.io/v1"));

        Assert.Contains("-" + name, Engine.AssertInvalid(() => connection.Generations.Prepare(SentGeneration.Of("Hailuo", form, "m", "a fox", (name, new List<object?> { SentGeneration.Picture })))).Message, StringComparison.Ordinal);
    }
}
