using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class ZhipuTests : FamilyTest
{
    private const string Taken = """{"model":"m","id":"z1","request_id":"q1","task_status":"PROCESSING"}""";

    [Theory]
    [InlineData("Gateway", "/v1", "/cogvideox/v4/videos/generations")]
    [InlineData("Root", "/v1", "/v4/videos/generations")]
    [InlineData("Vendor", "/api/paas/v4", "/api/paas/v4/videos/generations")]
    [InlineData("Vendor", "/", "/api/paas/v4/videos/generations")]
    public async Task Submit_EachForm_HasItsRoot(string form, string address, string path)
    {
        ChatGeneration task = await SubmitAsync(
            Ask(form, "Video", ("Quality", "speed"), ("Size", "1920x1080"), ("FrameRate", 60L), ("Duration", 5L), ("Sound", true), ("RequestId", "q1"), ("EndUser", "u1")),
            Taken,
            "POST " + path,
            """{"model":"m","prompt":"a fox","quality":"speed","size":"1920x1080","fps":60,"duration":5,"with_audio":true,"request_id":"q1","user_id":"u1"}""",
            address);

        // Not the id of the request.
        Assert.Equal(("z1", ChatGenerationStatus.Running), (task.Id, task.Status));
    }

    [Fact]
    public async Task Submit_TwoPictures_AreAList()
    {
        await SubmitAsync(Ask("Root", "Animate", ("Image", Fox)), Taken, "POST /v4/videos/generations", """{"model":"m","prompt":"a fox","image_url":"https://example.com/fox.png"}""");
        await SubmitAsync(Ask("Root", "Animate", ("Image", Fox), ("EndImage", Hen)), Taken, "POST /v4/videos/generations", """{"model":"m","prompt":"a fox","image_url":["https://example.com/fox.png","data:image/png;base64,AAAA"]}""");
    }

    [Theory]
    [InlineData("""{"model":"m","request_id":"q1","task_status":"PROCESSING"}""", ChatGenerationStatus.Running, "")]
    [InlineData("""{"model":"m","request_id":"q1","task_status":"SUCCESS","video_result":[{"url":"https://x/a.mp4","cover_image_url":"https://x/a.png"}]}""", ChatGenerationStatus.Succeeded, "https://x/a.mp4")]
    [InlineData("""{"model":"m","request_id":"q1","task_status":"FAIL"}""", ChatGenerationStatus.Failed, "")]
    public async Task Look_Task_IsRead(string answer, ChatGenerationStatus status, string results)
    {
        ChatGeneration task = await LookAsync(new ChatGeneration { Id = "z1", Service = "Zhipu", Form = "Vendor" }, answer, "GET /api/paas/v4/async-result/z1", path: "/api/paas/v4");

        Assert.Equal(("z1", status, results), (task.Id, task.Status, string.Join("|", task.Result.Select(result => result.Url))));
        Assert.Equal(status == ChatGenerationStatus.Failed, task.FailReason is { Length: > 0 });
    }

    private static GenerationRequest Ask(string form, string action, params (string Name, object? Value)[] given) =>
        new() { Service = "Zhipu", Form = form, Action = action, Prompt = "a fox", Model = "m", Parameters = Given(given) };
}
