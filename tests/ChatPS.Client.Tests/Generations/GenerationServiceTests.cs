using System.Net.Sockets;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Client.Providers;
using ParameterType = ChatPS.Client.Generations.ParameterType;

namespace ChatPS.Client.Tests.Generations;

public sealed class GenerationServiceTests : IDisposable
{
    private readonly ServiceConnection _connection = Engine.Connect(new Uri("http://127.0.0.1:9/v1"));

    public void Dispose() => _connection.Dispose();

    [Theory]
    [InlineData("Nobody", null, "-Service is 'Nobody'; there is no such family.")]
    [InlineData("Midjourney", "Sing", "-Action: Midjourney has no 'Sing'.")]
    [InlineData("Midjourney", "Modal", "-Action: Midjourney has no 'Modal'.")]
    [InlineData("Midjourney", "Imagine", "-Prompt is missing; the action Imagine of the service Midjourney cannot do without one.")]
    [InlineData("Midjourney", "Describe", "-Image is missing; the action Describe of the service Midjourney cannot do without it.")]
    public void Prepare_WhatCannotBe_SaysWhatAndWhatElse(string service, string? action, string message)
    {
        ChatServiceException failure = Refused(new GenerationRequest { Service = service, Action = action });

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.RecommendedAction);
    }

    [Theory]
    [InlineData("-Prompt: the action Blend of the service Midjourney does not take it.", "Blend", "a fox", null, null)]
    [InlineData("-Model: the action Shorten of the service Midjourney does not take it.", "Shorten", "a fox", "m", null)]
    [InlineData("-Form: Midjourney knows no form 'Other'.", "Shorten", "a fox", null, "Other")]
    public void Prepare_WhatTheActionDoesNotTake_IsRefused(string message, string action, string prompt, string? model, string? form) => Assert.StartsWith(
        message,
        Refused(new GenerationRequest { Service = "Midjourney", Action = action, Prompt = prompt, Model = model, Form = form, Parameters = action == "Blend" ? Two() : [] }).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Dimensions", 5L, "-Dimensions")]
    [InlineData("Motion", "low", "-Motion: the action Imagine")]
    public void Prepare_ParameterOfAnother_IsRefused(string name, object value, string message) =>
        Assert.StartsWith(message, Refused(new GenerationRequest { Service = "Midjourney", Prompt = "a fox", Parameters = Given((name, value)) }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "-Image has 1 picture; Blend takes 2 to 5.")]
    [InlineData(6, "-Image has 6 pictures; Blend takes 2 to 5.")]
    public void Prepare_WrongNumberOfPictures_IsRefused(int count, string message) => Assert.Equal(
        message,
        Refused(new GenerationRequest { Service = "Midjourney", Action = "Blend", Parameters = Given(("Image", Enumerable.Repeat<object?>(GenerationPicture.At("https://x/a"), count).ToList())) }).Message);

    [Fact]
    public void Prepare_ClosedAndBoundedValues_AreChecked()
    {
        ChatGeneration parent = new() { Id = "m1", Service = "Midjourney", Status = ChatGenerationStatus.Succeeded };
        GenerationRequest asked = new() { Service = "Midjourney", Action = "Change", Parent = parent };

        Assert.StartsWith("-Change is 'FOLD'.", Refused(asked with { Parameters = Given(("Change", "FOLD")) }).Message, StringComparison.Ordinal);
        Assert.StartsWith("-Number", Refused(asked with { Parameters = Given(("Change", "UPSCALE"), ("Number", 5L)) }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_NobodyCallsBack_SaysSo()
    {
        ChatServiceException failure = Refused(new GenerationRequest { Service = "Zhipu", Prompt = "a fox", Model = "m", NotifyUri = "https://example.com" });

        Assert.StartsWith("-NotifyUri: Zhipu calls nobody back in the form Gateway.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_NamesInAnyCase_AreSpelledAsTheFamilyDoes()
    {
        GenerationRequest prepared = _connection.Generations.Prepare(new GenerationRequest { Service = "SUNO", Action = "sing", Form = "sunoapi", Prompt = "rain", Model = "m" });

        Assert.Equal(("Suno", "Sing", "SunoApi"), (prepared.Service, prepared.Action, prepared.Form));
    }

    [Fact]
    public void Prepare_ModelOfTheConnection_IsNotTaken() => Assert.Null(_connection.Generations.Prepare(new GenerationRequest { Service = "Suno", Prompt = "rain" }).Model);

    [Theory]
    [InlineData("https://api.kie.ai/api/v1", "SunoApi")]
    [InlineData("https://api.sunoapi.org/api/v1", "SunoApi")]
    [InlineData("https://notkie.ai/v1", "Gateway")]
    public void Prepare_Address_ChoosesTheForm(string address, string form)
    {
        using ServiceConnection connection = Engine.Connect(new Uri(address));

        Assert.Equal(form, connection.Generations.Prepare(new GenerationRequest { Service = "Suno", Prompt = "rain", Model = "m" }).Form);
    }

    [Fact]
    public void Prepare_FollowUp_KeepsTheFormOfItsTask()
    {
        ChatGeneration parent = new() { Id = "s1", Service = "Suno", Form = "SunoApi", Status = ChatGenerationStatus.Succeeded };

        Assert.Equal("SunoApi", _connection.Generations.Prepare(new GenerationRequest { Service = "Suno", Action = "Extend", Model = "m", Parent = parent }).Form);
    }

    [Fact]
    public void Prepare_ButtonThatTheTaskDoesNotHave_NamesThoseThatItHas()
    {
        ChatGeneration parent = new() { Id = "m1", Service = "Midjourney", Status = ChatGenerationStatus.Succeeded, Actions = [new ChatGenerationAction { Name = "Upscale1", CustomId = "x" }] };

        ChatServiceException failure = Refused(new GenerationRequest { Service = "Midjourney", Action = "Upscale2", Parent = parent });

        Assert.StartsWith("-Action: Midjourney has no 'Upscale2' for the task m1, which is Succeeded.", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Use Upscale1, ", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Button", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Weirdness: the action Song of the service Suno does not take it in the form Gateway.", "SunoApi takes it: -Form SunoApi.", "Suno", null, "Weirdness", 0.5)]
    [InlineData("-Action: Suno in the form Gateway has no 'Cover'.", "SunoApi has it: -Form SunoApi.", "Suno", "Cover", "Audio", "https://x/a.mp3")]
    [InlineData("-Motion is missing; the action Video of the service Midjourney cannot do without it.", "Give -Motion: How much moves. Such as low, high.", "Midjourney", "Video", "Loop", true)]
    [InlineData("-Metadata is no structure.", "Give -Metadata a hashtable: ", "Video", null, "Metadata", "seed=7")]
    public void Prepare_WhatCannotBe_NamesTheWayOut(string message, string advice, string service, string? action, string name, object value)
    {
        ChatServiceException failure = Refused(new GenerationRequest { Service = service, Action = action, Prompt = "a fox", Model = service == "Midjourney" ? null : "m", Parameters = Given((name, value)) });

        Assert.Equal(message, failure.Message);
        Assert.StartsWith(advice, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hook")]
    [InlineData("/hook")]
    [InlineData("ftp://x/hook")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("C:\\song.mp3")]
    public void Prepare_AddressThatNobodyCanFetch_IsRefused(string address)
    {
        Assert.StartsWith($"-NotifyUri is '{address}'", Refused(new GenerationRequest { Service = "Suno", Prompt = "rain", NotifyUri = address }).Message, StringComparison.Ordinal);
        Assert.StartsWith($"-Audio is '{address}'", Refused(new GenerationRequest { Service = "Suno", Form = "SunoApi", Action = "Cover", Model = "m", Prompt = "rain", Parameters = Given(("Audio", address)) }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Video", true)]
    [InlineData("OpenAIVideo", true)]
    [InlineData("Luma", true)]
    [InlineData("Veo", false)]
    [InlineData("Kling", false)]
    public void Prepare_PictureWithoutPrompt_IsRefusedWhereTheServiceNeedsOne(string service, bool isNeeded)
    {
        GenerationRequest asked = new() { Service = service, Action = "Animate", Model = "m", Parameters = Given(("Image", GenerationPicture.At("https://x/a"))) };

        if (isNeeded)
        {
            Assert.StartsWith("-Prompt is missing", Refused(asked).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("Animate", _connection.Generations.Prepare(asked).Action);
        }
    }

    [Fact]
    public void Prepare_ManyNamesOfAService_AreShownInPartAndSafely()
    {
        ChatGeneration parent = new()
        {
            Id = "m\u001b[2J",
            Service = "Midjourney",
            Status = ChatGenerationStatus.Succeeded,
            Actions = [.. Enumerable.Range(1, 50_000).Select(number => new ChatGenerationAction { Name = $"B\u001b[2J{number}", CustomId = "x" })],
        };

        ChatServiceException failure = Refused(new GenerationRequest { Service = "Midjourney", Action = "Nope\u202e", Parent = parent });

        Assert.InRange(failure.RecommendedAction.Length, 100, 1000);
        Assert.EndsWith("or another of the 49983 actions that there are besides.", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.All([failure.Message, failure.RecommendedAction], text => Assert.DoesNotContain(text, letter => char.IsControl(letter) || letter == '\u202e'));
    }

    [Fact]
    public void Prepare_ServiceOfAnotherDialect_HasNoSuchFamily()
    {
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.All.Single(dialect => dialect.Name == "Anthropic"), BaseUri = new Uri("https://api.anthropic.com/v1"), Model = "m" });

        ChatServiceException failure = Engine.AssertInvalid(() => connection.Generations.Prepare(new GenerationRequest { Service = "Suno", Prompt = "rain" }));

        Assert.Contains("has no Suno", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Look_IdThatIsNone_IsRefused(string id) => Assert.Equal(
        ErrorIds.InvalidRequest,
        (await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Generations.LookAsync(new ChatGeneration { Id = id, Service = "Midjourney" }, CallSettings.None, default))).ErrorId);

    [Fact]
    public async Task Look_IdWithSteps_StaysOneStepOfThePath()
    {
        using RawServer server = RawServer.Answering(200, """{"id":"a/../b?c","status":"IN_PROGRESS"}""");
        using ServiceConnection connection = Engine.Connect(server);

        await connection.Generations.LookAsync(new ChatGeneration { Id = "a/../b?c", Service = "Midjourney" }, CallSettings.None, default);

        Assert.StartsWith("GET /mj/task/a%2F..%2Fb%3Fc/fetch ", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_NoIdInTheAnswer_IsAnErrorThatWarnsOfASecondTask()
    {
        using RawServer server = RawServer.Answering(200, """{"code":1,"description":"ok"}""");
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("may be under way", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(409)]
    public async Task Submit_FailureThatMayHaveTakenIt_IsSentOnce(int status)
    {
        using RawServer server = RawServer.Answering(status, "{}", headers: "retry-after-ms: 1");

        await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server));

        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Submit_ConnectionThatBreaks_IsSentOnce()
    {
        using RawServer server = RawServer.Start(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });

        Assert.Equal(ErrorIds.ConnectionFailed, (await Assert.ThrowsAsync<ChatServiceException>(() => SubmitAsync(server))).ErrorId);
        Assert.Single(server.Exchanges);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Submit_Refused_IsSentAgain(int status)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(status, "{}", headers: "retry-after-ms: 1"), RawServer.Answer(200, """{"code":1,"result":"m1"}"""));

        Assert.Equal("m1", (await SubmitAsync(server)).Id);
        Assert.Equal(2, server.Exchanges.Count);
    }

    [Fact]
    public async Task Submit_NobodyListens_IsTriedAgain()
    {
        using Socket free = new(SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using ServiceConnection connection = Engine.Connect(new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)free.LocalEndPoint!).Port}/v1"), maxRetry: 1);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() =>
            connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default).WaitAsync(Engine.Patience));

        Assert.Equal((ErrorIds.ConnectionFailed, 2), (failure.ErrorId, failure.Attempts));
    }

    [Fact]
    public async Task Look_FailureThatMayPass_IsTriedAgain()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, "{}", headers: "retry-after-ms: 1"), RawServer.Answer(200, """{"id":"m1","status":"IN_PROGRESS"}"""));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);

        Assert.Equal(ChatGenerationStatus.Running, (await connection.Generations.LookAsync(new ChatGeneration { Id = "m1", Service = "Midjourney" }, CallSettings.None, default)).Status);
    }

    [Fact]
    public async Task Submit_AdditionalBody_JoinsTheFields()
    {
        using RawServer server = RawServer.Answering(200, """{"code":1,"result":"m1"}""");
        using ServiceConnection connection = Engine.Connect(server);
        CallSettings settings = new() { AdditionalBody = new Dictionary<string, object?> { ["accountFilter"] = new Dictionary<string, object?> { ["remix"] = true } } };

        await connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, settings, default);

        Assert.Equal("""{"prompt":"a fox","accountFilter":{"remix":true}}""", server.Exchanges[0].Body);
    }

    [Fact]
    public async Task Look_KeyInTheAnswer_IsShownNowhere()
    {
        using RawServer server = RawServer.Answering(200, $$"""{"id":"m1","status":"FAILURE","failReason":"{{Engine.Key}} is wrong","prompt":"{{Engine.Key}}"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatGeneration task = await connection.Generations.LookAsync(new ChatGeneration { Id = "m1", Service = "Midjourney" }, CallSettings.None, default);

        Assert.All([task.Raw, task.FailReason!, task.Prompt!], text => Assert.DoesNotContain(Engine.Key, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Fields_OfAForm_AreItsOwn()
    {
        FakeGenerations family = new((_, _) => new GenerationState())
        {
            Forms = [new("A") { NotifyField = "hook" }, new("B")],
            Actions = [new("Make", "Makes it.") { Parameters = [new("Size", "a.size", ParameterType.Text, "The size.") { Forms = ["A"] }, new("Size", "b", ParameterType.Text, "The size.") { Forms = ["B"], IsRequired = true }] }],
        };
        GenerationService service = new(_connection, [family]);
        GenerationRequest asked = new() { Service = "Fake", Prompt = "p", Parameters = Given(("Size", "s")) };

        Assert.Equal("""{"prompt":"p","a":{"size":"s"}}""", Engine.Json(service.Prepare(asked).Fields()));
        Assert.Equal("""{"prompt":"p","b":"s"}""", Engine.Json(service.Prepare(asked with { Form = "B" }).Fields()));
        Assert.Null(service.Prepare(asked with { Parameters = Given() }).Get<string>("Size"));
        Assert.StartsWith("-Size is missing", Engine.AssertInvalid(() => service.Prepare(asked with { Form = "B", Parameters = Given() })).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Given(params (string Name, object? Value)[] given) => given.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, object?> Two() => Given(("Image", new List<object?> { GenerationPicture.At("https://x/a"), GenerationPicture.At("https://x/b") }));

    private static async Task<ChatGeneration> SubmitAsync(RawServer server)
    {
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 2);
        return await connection.Generations.SubmitAsync(new GenerationRequest { Service = "Midjourney", Prompt = "a fox" }, CallSettings.None, default).WaitAsync(Engine.Patience);
    }

    private ChatServiceException Refused(GenerationRequest request) => Engine.AssertInvalid(() => _connection.Generations.Prepare(request));
}
