using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Generations;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Generations;

/// <summary>Films of Veo, which are operations.</summary>
public sealed class VeoGenerationsTests
{
    private static readonly ChatGeneration Known = new() { Service = "Veo", Id = "models/m/operations/o1" };

    [Fact]
    public async Task Submit_PromptAndPictures_AreAnInstanceBesideTheParameters()
    {
        (string line, string body, RawExchange exchange, ChatGeneration task) = await SentGeneration.Of(
            "Veo", null, "m", "a fox", ("Image", SentGeneration.Picture), ("EndImage", GenerationPicture.At("data:image/jpeg;base64,AAAA")), ("Duration", 8L), ("AspectRatio", "16:9"), ("Resolution", "720p"), ("NegativePrompt", "rain"),
            ("Seed", 7L), ("Sound", true), ("Count", 2L), ("PersonGeneration", "allow_adult"), ("StorageUri", "gs://bucket")).SubmitAsync("""{"name":"models/m/operations/o1"}""");

        Assert.Equal("POST /v1beta/models/m:predictLongRunning", line);
        Assert.Equal(
            $$$"""{"parameters":{"durationSeconds":8,"aspectRatio":"16:9","resolution":"720p","negativePrompt":"rain","seed":7,"generateAudio":true,"sampleCount":2,"personGeneration":"allow_adult","storageUri":"gs://bucket"},"instances":[{"prompt":"a fox","image":{"bytesBase64Encoded":"{{{Pictures.Base64}}}","mimeType":"image/png"},"lastFrame":{"bytesBase64Encoded":"AAAA","mimeType":"image/jpeg"}}]}""",
            body);
        Assert.Equal("Bearer " + Engine.Key, exchange.Header("Authorization"));
        Assert.Equal(("models/m/operations/o1", ChatGenerationStatus.Running), (task.Id, task.Status));
    }

    [Theory]
    [InlineData("""{"generateVideoResponse":{"generatedVideos":[{"video":{"uri":"https://x/v.mp4"}}]}}""")]
    [InlineData("""{"generateVideoResponse":{"generatedSamples":[{"video":{"uri":"https://x/v.mp4"}}]}}""")]
    [InlineData("""{"generatedVideos":[{"video":{"uri":"https://x/v.mp4"}}]}""")]
    [InlineData("""{"videos":[{"gcsUri":"https://x/v.mp4","mimeType":"video/mp4"}],"raiMediaFilteredCount":0}""")]
    public async Task Look_Done_HasTheAddress(string response)
    {
        (string[] lines, _, ChatGeneration seen) = await SentGeneration.LookAsync(Known, $$"""{"name":"models/m/operations/o1","done":true,"response":{{response}}}""");

        Assert.Equal(["GET /v1beta/models/m/operations/o1"], lines);
        Assert.Equal((ChatGenerationStatus.Succeeded, "https://x/v.mp4"), (seen.Status, Assert.Single(seen.Result).Url));
    }

    [Fact]
    public async Task Look_FilmWithinTheAnswer_IsBytesAndNotShown()
    {
        string data = Convert.ToBase64String(new byte[3000]);
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, $$$"""{"name":"models/m/operations/o1","done":true,"response":{"videos":[{"bytesBase64Encoded":"{{{data}}}","mimeType":"video/mp4"}]}}""")).Task;

        ChatGenerationResult film = Assert.Single(seen.Result);
        Assert.Equal((ChatGenerationStatus.Succeeded, null, "video/mp4", 3000, 3000L), (seen.Status, film.Url, film.MediaType, film.Data!.Length, film.Size));
        Assert.DoesNotContain(data, seen.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"raiMediaFilteredCount":1,"raiMediaFilteredReasons":["It shows too much."]}""")]
    [InlineData("""{"generateVideoResponse":{"raiMediaFilteredCount":1,"raiMediaFilteredReasons":["It shows too much."]}}""")]
    public async Task Look_Filtered_HasFailed(string response)
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, $$"""{"name":"models/m/operations/o1","done":true,"response":{{response}}}""")).Task;

        Assert.Equal((ChatGenerationStatus.Failed, "filtered"), (seen.Status, seen.FailCode));
        Assert.Contains("filtered: It shows too much.", seen.FailReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_SomeFiltered_TheOthersAreThere()
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, """{"name":"models/m/operations/o1","done":true,"response":{"generateVideoResponse":{"raiMediaFilteredCount":1,"generatedVideos":[{"video":{"uri":"https://x/v.mp4"}}]}}}""")).Task;

        Assert.Equal((ChatGenerationStatus.Succeeded, 1), (seen.Status, seen.Result.Count));
    }

    [Theory]
    [InlineData("""{"name":"models/m/operations/o1","done":true,"error":{"code":3,"message":"too dark","status":"INVALID_ARGUMENT"}}""", ChatGenerationStatus.Failed)]
    [InlineData("""{"name":"models/m/operations/o1","done":false}""", ChatGenerationStatus.Running)]
    [InlineData("""{"name":"models/m/operations/o1"}""", ChatGenerationStatus.Running)]
    public async Task Look_ErrorAndNotDone_HaveTheirMeaning(string answer, ChatGenerationStatus expected)
    {
        ChatGeneration seen = (await SentGeneration.LookAsync(Known, answer)).Task;

        Assert.Equal((expected, expected == ChatGenerationStatus.Failed ? "too dark" : null), (seen.Status, seen.FailReason));
    }

    [Fact]
    public async Task Submit_AddressOfAPicture_IsRefusedBeforeAnythingIsSent()
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SentGeneration.Of("Veo", null, "m", "a fox", ("Image", GenerationPicture.At("https://x/1.png"))).SubmitAsync("{}"));

        Assert.Contains("-Image", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models/../../v1/secrets")]
    [InlineData("/models/m")]
    [InlineData("models/./x")]
    public async Task Look_IdThatLeadsElsewhere_IsRefusedBeforeAnythingIsSent(string id)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => SentGeneration.LookAsync(new ChatGeneration { Service = "Veo", Id = id }, "{}"));

        Assert.Contains("-Id", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ConnectionOfGoogle_TakesItsOwnHeader()
    {
        using RawServer server = RawServer.Answering(200, """{"name":"models/m/operations/o1"}""");
        using ServiceConnection connection = Google(new Uri(server.BaseUri, "/v1beta"));

        await connection.Generations.SubmitAsync(SentGeneration.Of("Veo", null, "m", "a fox"), CallSettings.None, default);

        Assert.StartsWith("POST /v1beta/models/m:predictLongRunning ", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal((Engine.Key, null), (server.Exchanges[0].Header("x-goog-api-key"), server.Exchanges[0].Header("Authorization")));
    }

    [Fact]
    public async Task Wait_ConnectionOfGoogleAtTheSandbox_EndsWithAFilm()
    {
        using SandboxServer sandbox = SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key });
        using ServiceConnection connection = Google(new Uri(sandbox.BaseUri, "/v1beta"));
        using GenerationWaiter waiter = new(1);
        ChatGeneration task = await connection.Generations.SubmitAsync(SentGeneration.Of("Veo", null, "sandbox-veo", "a fox"), CallSettings.None, default);

        ChatGeneration done = await waiter.WaitAsync(connection.Generations, task, CallSettings.None, null, default).WaitAsync(Engine.Patience);

        Assert.Equal(ChatGenerationStatus.Succeeded, done.Status);
        Assert.Contains("/v1beta/files/", Assert.Single(done.Result).Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kling")]
    [InlineData("Video")]
    [InlineData("Seedance")]
    public void Prepare_OtherFamilyOnAConnectionOfGoogle_IsInvalid(string service)
    {
        using ServiceConnection connection = Google(new Uri("https://generativelanguage.googleapis.com/v1beta"));

        Assert.Contains(service, Engine.AssertInvalid(() => connection.Generations.Prepare(SentGeneration.Of(service, null, "m", "a fox"))).Message, StringComparison.Ordinal);
    }

    private static ServiceConnection Google(Uri address) =>
        Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.All.Single(dialect => dialect.Name == "Gemini"), BaseUri = address, Key = Engine.Secret(Engine.Key), Model = "m" });
}
