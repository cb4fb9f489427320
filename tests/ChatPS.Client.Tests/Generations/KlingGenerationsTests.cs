using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of Kling, at the vendor and at gateways.</summary>
public sealed class KlingGenerationsTests
{
    private const string Taken = """{"code":0,"message":"SUCCEED","request_id":"r1","data":{"task_id":"k1","task_status":"submitted","created_at":1764100000000,"updated_at":1764100000000}}""";

    [Fact]
    public async Task Submit_Vendor_SendsTheDurationAsTextAndTheSoundAsWord()
    {
        (string line, string body, RawExchange exchange, ChatGeneration task) = await (SentGeneration.Of(
            "Kling", "Vendor", "m", "a fox", ("NegativePrompt", "rain"), ("AspectRatio", "16:9"), ("Duration", 10L), ("Quality", "pro"), ("Guidance", 0.5), ("Sound", true), ("Watermark", false), ("ExternalId", "mine"),
            ("Camera", new Dictionary<string, object?> { ["type"] = "simple", ["config"] = new Dictionary<string, object?> { ["zoom"] = 3 } })) with { NotifyUri = "https://me/hook" }).SubmitAsync(Taken);

        Assert.Equal("POST /v1/videos/text2video", line);
        Assert.Equal(
            """{"model_name":"m","prompt":"a fox","callback_url":"https://me/hook","negative_prompt":"rain","aspect_ratio":"16:9","duration":"10","mode":"pro","cfg_scale":0.5,"camera_control":{"type":"simple","config":{"zoom":3}},"watermark_info":{"enabled":false},"external_task_id":"mine","sound":"on"}""",
            body);
        Assert.Equal("Bearer " + Engine.Key, exchange.Header("Authorization"));
        Assert.Equal(("k1", "Vendor", "submitted", ChatGenerationStatus.NotStarted), (task.Id, task.Form, task.RawStatus, task.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100000), task.SubmittedAt);
    }

    [Fact]
    public async Task Submit_PicturesAtAGateway_AreBareBase64OrAnAddress()
    {
        (string line, string body, _, ChatGeneration task) = await (SentGeneration.Of(
            "Kling", null, null, null, ("Image", SentGeneration.Picture), ("EndImage", GenerationPicture.At("https://x/end.png"))) with { Action = "Animate" }).SubmitAsync(
                """{"id":"task_1","task_id":"task_1","object":"video","model":"m","status":"queued","progress":0,"created_at":1764100000}""");

        Assert.Equal("POST /kling/v1/videos/image2video", line);
        Assert.Equal($$"""{"image":"{{Pictures.Base64}}","image_tail":"https://x/end.png"}""", body);
        Assert.Equal(("task_1", "Gateway", "m"), (task.Id, task.Form, task.Model));
    }

    [Theory]
    [InlineData("Vendor", "Video", "GET /v1/videos/text2video/k1")]
    [InlineData("Vendor", "Animate", "GET /v1/videos/image2video/k1")]
    [InlineData("Gateway", "Animate", "GET /kling/v1/videos/image2video/k1")]
    [InlineData(null, "", "GET /kling/v1/videos/text2video/k1")]
    public async Task Look_EachFormAndAction_HasItsPath(string? form, string action, string expected)
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Kling", Form = form, Action = action, Id = "k1" },
            """{"code":0,"message":"SUCCEED","data":{"task_id":"k1","task_status":"succeed","task_status_msg":"","created_at":1764100000000,"updated_at":1764100090000,"task_result":{"videos":[{"id":"v1","url":"https://x/v.mp4","duration":"5"}]}}}""");

        Assert.Equal([expected], lines);
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4", 5.0), (seen.Status, seen.Result[0].Url, seen.Result[0].Duration));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100090), seen.FinishedAt);
    }

    [Fact]
    public async Task Submit_CodeUnderStatus200_IsARefusal()
    {
        ChatServiceException failure = await SentGeneration.Of("Kling", "Vendor", "m", "a fox").RefuseAsync("""{"code":1102,"message":"Account balance not enough","request_id":"r"}""");

        Assert.Equal("1102", failure.ServiceCode);
        Assert.Contains("Account balance not enough", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.klingai.com/v1", "Vendor")]
    [InlineData("https://api-singapore.klingai.com", "Vendor")]
    [InlineData("https://gateway.example.com/v1", "Gateway")]
    public void Prepare_Address_ChoosesTheForm(string address, string expected)
    {
        using Client.Calls.ServiceConnection connection = Engine.Connect(new Uri(address));

        Assert.Equal(expected, connection.Generations.Prepare(SentGeneration.Of("Kling", null, null, "a fox")).Form);
    }
}
