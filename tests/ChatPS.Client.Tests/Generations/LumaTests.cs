using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class LumaTests : FamilyTest
{
    private const string Taken = """{"id":"l1","state":"queued"}""";

    private static readonly ChatGeneration Parent = new() { Id = "p1", Service = "Luma", Form = "Gateway", Status = ChatGenerationStatus.Succeeded };

    [Fact]
    public async Task Submit_AtAGateway_SpeaksAsItsPagesDo() => await SubmitAsync(
        Ask("Gateway", "Animate", ("Image", Fox), ("EndImage", Hen), ("Loop", true), ("ExpandPrompt", true)),
        """{"id":"l1","state":"pending"}""",
        "POST /luma/generations",
        """{"user_prompt":"a fox","model_name":"ray","image_url":"https://example.com/fox.png","image_end_url":"data:image/png;base64,AAAA","aspect_ratio":"16:9","resolution":"720p","duration":"5s","loop":true,"expand_prompt":true,"notify_hook":"https://example.com/hook"}""");

    [Fact]
    public async Task Submit_AtTheVendor_HasKeyFrames() => await SubmitAsync(
        Ask("Vendor", "Animate", ("Image", Fox), ("EndImage", Hen), ("Concepts", new List<object?> { "dolly_zoom" })),
        Taken,
        "POST /dream-machine/v1/generations/video",
        """{"prompt":"a fox","model":"ray","keyframes":{"frame0":{"type":"image","url":"https://example.com/fox.png"},"frame1":{"type":"image","url":"data:image/png;base64,AAAA"}},"concepts":[{"key":"dolly_zoom"}],"aspect_ratio":"16:9","resolution":"720p","duration":"5s","callback_url":"https://example.com/hook"}""",
        path: "/dream-machine/v1");

    [Fact]
    public async Task Extend_AtAGateway_IsAPathOfTheTask() => await SubmitAsync(
        new GenerationRequest { Service = "Luma", Action = "Extend", Prompt = "on", Parent = Parent }, """{"id":"l2","state":"pending"}""", "POST /luma/generations/p1/extend", """{"user_prompt":"on"}""");

    [Fact]
    public async Task Extend_AtTheVendor_IsAKeyFrame() => await SubmitAsync(
        new GenerationRequest { Service = "Luma", Action = "Extend", Prompt = "on", Model = "ray", Parent = GenerationCopy.Of(Parent, form: "Vendor") },
        Taken,
        "POST /dream-machine/v1/generations/video",
        """{"prompt":"on","model":"ray","keyframes":{"frame0":{"type":"generation","id":"p1"}}}""");

    [Theory]
    [InlineData("https://api.lumalabs.ai/dream-machine/v1", "Vendor")]
    [InlineData("https://gateway.example.com/v1", "Gateway")]
    [InlineData("https://lumalabs.ai.example.com/v1", "Gateway")]
    public void Prepare_AddressOfTheVendor_ChoosesItsForm(string address, string form)
    {
        using ServiceConnection connection = Engine.Connect(new Uri(address));

        Assert.Equal(form, connection.Generations.Prepare(new GenerationRequest { Service = "luma", Prompt = "a fox", Model = "ray" }).Form);
    }

    [Theory]
    [InlineData("queued", ChatGenerationStatus.NotStarted)]
    [InlineData("pending", ChatGenerationStatus.NotStarted)]
    [InlineData("dreaming", ChatGenerationStatus.Running)]
    [InlineData("processing", ChatGenerationStatus.Running)]
    [InlineData("completed", ChatGenerationStatus.Succeeded)]
    [InlineData("failed", ChatGenerationStatus.Failed)]
    public async Task Look_States_AreRead(string state, ChatGenerationStatus status) =>
        Assert.Equal(status, (await LookAsync(Known("Vendor"), $$"""{"id":"l1","state":"{{state}}","assets":null}""", "GET /dream-machine/v1/generations/l1")).Status);

    [Theory]
    [InlineData(""" "assets":{"video":"https://x/a.mp4","image":"https://x/a.jpg"},"video":{"url":"https://x/b.mp4"} """, "video https://x/a.mp4")]
    [InlineData(""" "video":{"url":"https://x/b.mp4","download_url":"https://x/c.mp4"} """, "video https://x/c.mp4")]
    [InlineData(""" "video":{"url":"https://x/b.mp4"} """, "video https://x/b.mp4")]
    [InlineData(""" "assets":{"video":null,"image":"https://x/a.jpg"} """, "image https://x/a.jpg")]
    [InlineData(""" "video":null """, "")]
    public async Task Look_Result_IsWhereItIs(string members, string result)
    {
        ChatGeneration task = await LookAsync(Known("Gateway"), $$"""{"id":"l1","state":"completed","created_at":"2026-11-26T10:00:00Z",{{members}}}""", "GET /luma/generations/l1");

        Assert.Equal(result, string.Join("|", task.Result.Select(one => $"{one.Kind} {one.Url}")));
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), task.SubmittedAt);
    }

    private static ChatGeneration Known(string form) => new() { Id = "l1", Service = "Luma", Form = form };

    private static GenerationRequest Ask(string form, string action, params (string Name, object? Value)[] more) => new()
    {
        Service = "Luma",
        Form = form,
        Action = action,
        Prompt = "a fox",
        Model = "ray",
        NotifyUri = "https://example.com/hook",
        Parameters = Given([("AspectRatio", "16:9"), ("Resolution", "720p"), ("Duration", 5L), .. more]),
    };
}
