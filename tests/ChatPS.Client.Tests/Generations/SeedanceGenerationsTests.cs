using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of Seedance, at the vendor and at gateways.</summary>
public sealed class SeedanceGenerationsTests
{
    [Fact]
    public async Task Submit_Parts_StandInOneList()
    {
        (string line, string body, _, ChatGeneration task) = await (SentGeneration.Of(
            "Seedance", "Vendor", "m", "a fox", ("Image", SentGeneration.Picture), ("EndImage", GenerationPicture.At("https://x/end.png")), ("Duration", 5L), ("Resolution", "720p"), ("AspectRatio", "16:9"), ("Seed", 7L),
            ("Sound", true), ("Watermark", false), ("FixedCamera", true), ("Frames", 121L), ("Draft", true), ("LastFrame", true), ("ServiceTier", "flex"), ("ExpiresAfter", 3600L), ("Priority", 1L)) with { NotifyUri = "https://me/hook" })
            .SubmitAsync("""{"id":"cgt-1"}""");

        Assert.Equal("POST /api/v3/contents/generations/tasks", line);
        Assert.Equal(
            $$"""{"model":"m","callback_url":"https://me/hook","duration":5,"resolution":"720p","ratio":"16:9","seed":7,"generate_audio":true,"watermark":false,"camera_fixed":true,"frames":121,"draft":true,"return_last_frame":true,"service_tier":"flex","execution_expires_after":3600,"priority":1,"content":[{"type":"text","text":"a fox"},{"type":"image_url","image_url":{"url":"{{SentGeneration.PictureAddress}}"},"role":"first_frame"},{"type":"image_url","image_url":{"url":"https://x/end.png"},"role":"last_frame"}]}""",
            body);
        Assert.Equal(("cgt-1", "Vendor", ChatGenerationStatus.NotStarted), (task.Id, task.Form, task.Status));
    }

    [Fact]
    public async Task Look_LastPicture_IsAResultToo()
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Seedance", Id = "cgt-1" },
            """{"id":"cgt-1","model":"m","status":"succeeded","content":{"video_url":"https://x/v.mp4","last_frame_url":"https://x/v.png"},"usage":{"completion_tokens":1,"total_tokens":1},"seed":7,"duration":5,"created_at":1764100000,"updated_at":1764100090}""");

        Assert.Equal(["GET /volc/v1/contents/generations/tasks/cgt-1"], lines);
        Assert.Equal([("video", "https://x/v.mp4"), ("image", "https://x/v.png")], seen.Result.Select(result => (result.Kind, result.Url!)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1764100090), seen.FinishedAt);
    }

    [Theory]
    [InlineData("queued", ChatGenerationStatus.NotStarted)]
    [InlineData("pending", ChatGenerationStatus.NotStarted)]
    [InlineData("running", ChatGenerationStatus.Running)]
    [InlineData("processing", ChatGenerationStatus.Running)]
    [InlineData("failed", ChatGenerationStatus.Failed)]
    [InlineData("expired", ChatGenerationStatus.Failed)]
    [InlineData("cancelled", ChatGenerationStatus.Cancelled)]
    public async Task Look_Word_HasItsMeaning(string word, ChatGenerationStatus expected) => Assert.Equal(
        expected, (await SentGeneration.LookAsync(new ChatGeneration { Service = "Seedance", Id = "cgt-1" }, $$"""{"id":"cgt-1","status":"{{word}}"}""")).Task.Status);

    [Theory]
    [InlineData("https://ark.cn-beijing.volces.com/api/v3", "Vendor")]
    [InlineData("https://gateway.example.com/v1", "Gateway")]
    public void Prepare_Address_ChoosesTheForm(string address, string expected)
    {
        using ServiceConnection connection = Engine.Connect(new Uri(address));

        Assert.Equal(expected, connection.Generations.Prepare(SentGeneration.Of("Seedance", null, "m", "a fox")).Form);
    }

    [Theory]
    [InlineData("/api/v3")]
    [InlineData("/v1")]
    public async Task Stop_TaskThatWaits_IsDeletedAtTheVendor(string path)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, """{"id":"cgt-1","status":"queued"}"""), RawServer.Answer(200, "{}"));
        using ServiceConnection connection = Engine.Connect(new Uri(server.BaseUri, path));

        ChatGeneration stopped = await connection.Generations.StopAsync(new ChatGeneration { Service = "Seedance", Form = "Vendor", Id = "cgt-1" }, force: false, CallSettings.None, default);

        Assert.Equal(ChatGenerationStatus.Cancelled, stopped.Status);
        Assert.StartsWith("DELETE /api/v3/contents/generations/tasks/cgt-1 ", server.Exchanges[1].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_TaskThatHasEnded_IsNotDeletedWithoutForce()
    {
        using RawServer server = RawServer.Answering(200, """{"id":"cgt-1","status":"succeeded","content":{"video_url":"https://x/v.mp4"}}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.StopAsync(new ChatGeneration { Service = "Seedance", Form = "Vendor", Id = "cgt-1" }, force: false, CallSettings.None, default));

        Assert.Contains("-Force", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Exchanges, exchange => exchange.Head.StartsWith("DELETE", StringComparison.Ordinal));
    }
}
