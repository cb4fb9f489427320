using ChatPS.Client.Generations;
using ChatPS.Client.Images;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of Jimeng, whose tasks are looked at with a POST.</summary>
public sealed class JimengGenerationsTests
{
    private const string Taken = """{"code":10000,"data":{"task_id":"j1"},"message":"Success","request_id":"r","status":10000,"time_elapsed":"25ms"}""";

    private static readonly ChatGeneration Known = new() { Service = "Jimeng", Id = "j1", Model = "m" };

    [Theory]
    [InlineData("Gateway", "/jimeng/")]
    [InlineData("Vendor", "/")]
    public async Task Submit_EachForm_HasItsPathAndAQuery(string form, string path)
    {
        (string line, string body, _, ChatGeneration task) = await SentGeneration.Of("Jimeng", form, "m", "a fox", ("Duration", 10L), ("Seed", 7L), ("AspectRatio", "16:9")).SubmitAsync(Taken);

        Assert.Equal($"POST {path}?Action=CVSync2AsyncSubmitTask&Version=2022-08-31", line);
        Assert.Equal("""{"req_key":"m","prompt":"a fox","aspect_ratio":"16:9","seed":7,"frames":241}""", body);
        Assert.Equal(("j1", form), (task.Id, task.Form));
    }

    [Fact]
    public async Task Submit_AddressesAndFiles_StandInTwoLists() => Assert.Equal(
        $$"""{"req_key":"m","prompt":"a fox","image_urls":["https://x/1.png"],"binary_data_base64":["{{Pictures.Base64}}","AAAA"],"frames":121}""",
        (await SentGeneration.Of(
            "Jimeng", null, "m", "a fox", ("Image", new List<object?> { GenerationPicture.At("https://x/1.png"), SentGeneration.Picture, GenerationPicture.At("data:image/png;base64,AAAA") }), ("Duration", 5L)).SubmitAsync(Taken)).Body);

    [Fact]
    public async Task Look_IsAPostWithKeyAndId()
    {
        (string[] lines, IReadOnlyList<RawExchange> exchanges, ChatGeneration seen) = await SentGeneration.LookAsync(Known, """{"code":10000,"data":{"status":"done","video_url":"https://x/v.mp4"},"message":"Success","status":10000}""");

        Assert.Equal(["POST /jimeng/?Action=CVSync2AsyncGetResult&Version=2022-08-31"], lines);
        Assert.Equal("""{"req_key":"m","task_id":"j1"}""", exchanges[0].Body);
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (seen.Status, Assert.Single(seen.Result).Url));
    }

    [Theory]
    [InlineData("in_queue", ChatGenerationStatus.NotStarted)]
    [InlineData("generating", ChatGenerationStatus.Running)]
    [InlineData("expired", ChatGenerationStatus.Failed)]
    [InlineData("done", ChatGenerationStatus.Failed)]
    public async Task Look_WithoutAddress_HasItsMeaning(string word, ChatGenerationStatus expected)
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, $$$"""{"code":10000,"data":{"status":"{{{word}}}","video_url":""},"message":"Success"}""")).Task;

        Assert.Equal((expected, word), (seen.Status, seen.RawStatus));
        Assert.Equal(expected == ChatGenerationStatus.Failed, seen.FailReason is not null);
        Assert.NotEqual("Success", seen.FailReason);
    }

    [Fact]
    public async Task Look_OtherCode_IsTheFailureOfTheTask()
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, """{"code":50511,"data":null,"message":"Post Img Risk Not Pass","request_id":"r"}""")).Task;

        Assert.Equal((ChatGenerationStatus.Failed, "Post Img Risk Not Pass", "50511"), (seen.Status, seen.FailReason, seen.FailCode));
    }

    [Theory]
    [InlineData("""{"code":50429,"data":null,"message":"Request Has Reached API Limit"}""", "50429")]
    [InlineData("""{"code":10000,"data":{"status":"not_found"},"message":"Success"}""", "task_not_exist")]
    public async Task Look_RefusalOfTheQuestion_SaysNothingOfTheTask(string answer, string code)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SentGeneration.LookAsync(Known, answer));

        Assert.Equal(code, failure.ServiceCode);
    }

    [Fact]
    public async Task Submit_OtherCode_IsARefusal() => Assert.Equal(
        "50412", (await SentGeneration.Of("Jimeng", null, "m", "a fox").RefuseAsync("""{"code":50412,"data":null,"message":"Text Risk Not Pass"}""")).ServiceCode);

    [Fact]
    public async Task Look_GatewaysOwnWrapper_IsReadToo()
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, """{"code":"success","data":{"task_id":"j1","status":"SUCCESS","result_url":"https://x/v.mp4","progress":"100%"}}""")).Task;

        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (seen.Status, Assert.Single(seen.Result).Url));
    }

    [Fact]
    public async Task Submit_PictureThatIsTooLarge_IsRefusedBeforeAnythingIsSent()
    {
        byte[] large = [.. Pictures.Png, .. new byte[4_700_001]];
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => SentGeneration.Of("Jimeng", null, "m", "a fox", ("Image", GenerationPicture.Of(ImageFile.Of(large, "-Image")))).SubmitAsync(Taken));

        Assert.Contains("-Image", failure.Message, StringComparison.Ordinal);
    }
}
