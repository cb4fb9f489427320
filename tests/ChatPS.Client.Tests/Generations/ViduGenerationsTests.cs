using ChatPS.Client.Calls;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of Vidu, at the vendor and at gateways.</summary>
public sealed class ViduGenerationsTests
{
    private const string Taken = """{"task_id":"d1","state":"created","model":"m","images":[],"created_at":"2026-11-26T10:00:00.5Z"}""";

    [Theory]
    [InlineData(0, "text2video")]
    [InlineData(1, "img2video")]
    [InlineData(2, "start-end2video")]
    [InlineData(3, "reference2video")]
    [InlineData(7, "reference2video")]
    public async Task Submit_NumberOfPictures_SaysWhichWay(int count, string kind)
    {
        (string Name, object? Value)[] parameters = count == 0 ? [] : [("Image", Enumerable.Range(1, count).Select(number => (object?)GenerationPicture.At($"https://x/{number}.png")).ToList())];
        (string line, string body, _, ChatGeneration task) = await SentGeneration.Of("Vidu", null, "m", "a fox", parameters).SubmitAsync(Taken);

        Assert.Equal("POST /vidu/ent/v2/" + kind, line);
        Assert.Equal(
            $$"""{"model":"m","prompt":"a fox"{{(count == 0 ? "" : $",\"images\":[{string.Join(',', Enumerable.Range(1, count).Select(number => $"\"https://x/{number}.png\""))}]")}}}""", body);
        Assert.Equal(("d1", "created", ChatGenerationStatus.NotStarted, new DateTimeOffset(2026, 11, 26, 10, 0, 0, 500, TimeSpan.Zero)), (task.Id, task.RawStatus, task.Status, task.SubmittedAt));
    }

    [Fact]
    public async Task Submit_FirstAndLastPicture_AreTwo()
    {
        (string line, string body, _, _) = await SentGeneration.Of("Vidu", null, "m", "a fox", ("Image", GenerationPicture.At("https://x/1.png")), ("EndImage", SentGeneration.Picture)).SubmitAsync(Taken);

        Assert.Equal("POST /vidu/ent/v2/start-end2video", line);
        Assert.Equal($$"""{"model":"m","prompt":"a fox","images":["https://x/1.png","{{SentGeneration.PictureAddress}}"]}""", body);
    }

    [Fact]
    public async Task Submit_OnePictureAsReference_GoesThatWay() => Assert.Equal(
        "POST /vidu/ent/v2/reference2video",
        (await (SentGeneration.Of("Vidu", null, "m", "a fox", ("Image", GenerationPicture.At("https://x/1.png"))) with { Action = "Reference" }).SubmitAsync(Taken)).Line);

    [Fact]
    public async Task Submit_Vendor_HasAnotherWordBeforeTheKey()
    {
        (string line, string body, RawExchange exchange, _) = await (SentGeneration.Of(
            "Vidu", "Vendor", "m", "a fox", ("Duration", 4L), ("Seed", 7L), ("Resolution", "720p"), ("AspectRatio", "1:1"), ("Style", "anime"), ("Motion", "small"), ("Music", true), ("State", "mine")) with { NotifyUri = "https://me/hook" }).SubmitAsync(Taken);

        Assert.Equal("POST /ent/v2/text2video", line);
        Assert.Equal("Token " + Engine.Key, exchange.Header("Authorization"));
        Assert.Equal(
            """{"model":"m","prompt":"a fox","callback_url":"https://me/hook","duration":4,"seed":7,"resolution":"720p","aspect_ratio":"1:1","style":"anime","movement_amplitude":"small","bgm":true,"payload":"mine"}""", body);
    }

    [Theory]
    [InlineData("Vendor", "GET /ent/v2/tasks/d1/creations", "Token ")]
    [InlineData("Gateway", "GET /vidu/ent/v2/tasks/d1/creations", "Bearer ")]
    public async Task Look_EachForm_HasItsPathAndWord(string form, string expected, string word)
    {
        (string[] lines, IReadOnlyList<RawExchange> exchanges, ChatGeneration seen) = await SentGeneration.LookAsync(
            new ChatGeneration { Service = "Vidu", Form = form, Id = "d1" }, """{"state":"success","err_code":"","credits":4,"creations":[{"id":"c1","url":"https://x/v.mp4","cover_url":"https://x/c.png"}]}""");

        Assert.Equal([expected], lines);
        Assert.Equal(word + Engine.Key, exchanges[0].Header("Authorization"));
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (seen.Status, Assert.Single(seen.Result).Url));
    }

    [Fact]
    public async Task Submit_VendorWithoutAKey_HasNoWordEither()
    {
        using RawServer server = RawServer.Answering(200, Taken);
        using ServiceConnection connection = Engine.Connect(server, key: null);
        await connection.Generations.SubmitAsync(SentGeneration.Of("Vidu", "Vendor", "m", "a fox"), Client.Connections.CallSettings.None, default);

        Assert.Null(server.Exchanges[0].Header("Authorization"));
    }

    [Fact]
    public async Task Submit_KeyThatIsRenewedAfterARefusal_KeepsTheWord()
    {
        int number = 0;
        using RawServer server = RawServer.Start(RawServer.Answer(401, "{}"), RawServer.Answer(200, Taken));
        using ServiceConnection connection = Engine.Connect(new Client.Connections.ConnectionSettings
        {
            Dialect = Client.Providers.KnownDialects.OpenAI,
            BaseUri = server.BaseUri,
            Key = Client.Connections.ApiKey.FromScript("script", _ => new Client.Connections.IssuedKey($"sk-test-{++number}", null)),
            Model = "m",
        });
        await connection.Generations.SubmitAsync(SentGeneration.Of("Vidu", "Vendor", "m", "a fox"), Client.Connections.CallSettings.None, default);

        Assert.Equal(["Token sk-test-1", "Token sk-test-2"], server.Exchanges.Select(exchange => exchange.Header("Authorization")));
    }

    [Fact]
    public async Task Submit_AddressThatHasTheStepsAlready_DoesNotRepeatThem()
    {
        using RawServer server = RawServer.Answering(200, Taken);
        using ServiceConnection connection = Engine.Connect(new Uri(server.BaseUri, "/ent/v2"));
        await connection.Generations.SubmitAsync(SentGeneration.Of("Vidu", "Vendor", "m", "a fox"), Client.Connections.CallSettings.None, default);

        Assert.StartsWith("POST /ent/v2/text2video ", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_Failed_HasTheCode()
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(new ChatGeneration { Service = "Vidu", Id = "d1" }, """{"state":"failed","err_code":"AuditSubmitIllegal","creations":[]}""")).Task;

        Assert.Equal((ChatGenerationStatus.Failed, "AuditSubmitIllegal"), (seen.Status, seen.FailCode));
        Assert.NotEmpty(seen.FailReason!);
    }

    [Fact]
    public void Prepare_LastPictureWithoutAFirst_IsInvalid()
    {
        using ServiceConnection connection = Engine.Connect(new Uri("https://api.vidu.com/ent/v2"));

        ChatServiceException failure = Engine.AssertInvalid(() => connection.Generations.Prepare(SentGeneration.Of("Vidu", null, "m", "a fox", ("EndImage", SentGeneration.Picture))));

        Assert.Contains("-EndImage", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Image", failure.RecommendedAction, StringComparison.Ordinal);
    }
}
