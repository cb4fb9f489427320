using System.Text;
using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Speech;

public sealed class SpeechServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-speech").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task Speak_EveryField_IsSentAsTheOfficialDescriptionSays()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("grüß dich") with
        {
            Voice = new Dictionary<string, object?> { ["id"] = "voice_7" },
            Instructions = "calm",
            Format = "mp3",
            Speed = 1.5,
            StreamFormat = "audio",
        });

        Assert.Equal(
            """{"model":"m","input":"grüß dich","voice":{"id":"voice_7"},"instructions":"calm","response_format":"mp3","speed":1.5,"stream_format":"audio"}""", server.Exchanges[0].Body);
        Assert.Empty(OpenApiDescription.Official.Validate("CreateSpeechRequest", server.Exchanges[0].Body));
        Assert.StartsWith("POST /v1/audio/speech HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
        Assert.Equal(Sounds.Mp3, speech.Data);
        Assert.Equal(("mp3", "audio/mpeg", "voice_7", 9, 7L, "req-1"), (speech.Format, speech.MediaType, speech.Voice, speech.Characters, speech.Length, speech.RequestId));
    }

    [Fact]
    public async Task Speak_Events_GiveTheSameBytesAsThePlainAnswer()
    {
        string first = Convert.ToBase64String(Sounds.Mp3.AsSpan(0, 4));
        string second = Convert.ToBase64String(Sounds.Mp3.AsSpan(4));
        using RawServer server = RawServer.Streaming(
            Engine.Event($$"""{"type":"speech.audio.delta","audio":"{{first}}"}"""),
            Engine.Event($$"""{"type":"speech.audio.delta","audio":"{{second}}"}"""),
            Engine.Event("""{"type":"speech.audio.done","usage":{"input_tokens":2,"output_tokens":"5","total_tokens":7}}"""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("hi"));

        Assert.Equal(Sounds.Mp3, speech.Data);
        Assert.Equal(("mp3", 7), (speech.Format, speech.Usage!.TotalTokens));
    }

    [Theory]
    [InlineData("""{"error":{"message":"no such voice","code":"invalid_voice"}}""", "application/json", "no such voice")]
    [InlineData("""{"error":{"message":"no such voice"}}""", "audio/mpeg", "no such voice")]
    [InlineData("""{"base_resp":{"status_code":1004,"status_msg":"login fail"}}""", "audio/mpeg", "login fail")]
    [InlineData("<html><head><title>Gateway down</title></head></html>", "text/html", "Gateway down")]
    [InlineData("<html><title>Gateway down</title></html>", "audio/mpeg", "web page: Gateway down")]
    [InlineData("out of order", "text/plain", "out of order")]
    [InlineData("", "audio/mpeg", "empty")]
    [InlineData("\u0001\u0002\u0003", "application/octet-stream", "no sound")]
    [InlineData("data: {\"error\":{\"message\":\"too busy\"}}\n\n", "text/event-stream", "too busy")]
    [InlineData("event: error\ndata: too busy\n\n", "text/event-stream", "too busy")]
    [InlineData("data: {\"type\":\"speech.audio.delta\",\"audio\":\"*\"}\n\n", "text/event-stream", "base64")]
    [InlineData("data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\n", "text/event-stream", "ended")]
    [InlineData("data: {\"type\":\"speech.audio.done\"}\n\n", "text/event-stream", "no sound")]
    public async Task Speak_SomethingElseThanSound_IsAFailureAndLeavesNoFile(string body, string type, string words)
    {
        using RawServer server = RawServer.Answering(200, body, type);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.mp3"), null, replaces: false)));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Speak_SoundOfAnotherFormat_IsKeptBesideAFileOfThatName(bool replaces)
    {
        await File.WriteAllTextAsync(In("a.mp3"), "mine");
        List<string> warnings = [];
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.wav"), null, replaces), new CallSettings { Warning = warnings.Add });

        Assert.Equal(("mp3", In("a (2).mp3")), (speech.Format, speech.Path));
        Assert.Equal(Sounds.Mp3, await File.ReadAllBytesAsync(speech.Path!));
        Assert.Equal("mine", await File.ReadAllTextAsync(In("a.mp3")));
        Assert.Contains(speech.Path!, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speak_RawSoundThatLooksLikeSomethingElse_IsTakenAsItIs()
    {
        byte[] samples = [0xFF, 0xF1, (byte)'{', 0, 1, 2];
        using RawServer server = RawServer.Start(Sounds.Bytes(samples, "audio/pcm"));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(samples, (await connection.SpeakAsync(Sounds.Say("hi") with { Format = "pcm" })).Data);
        ChatSpeech wrapped = await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.wav"), "pcm", replaces: false));
        Assert.Equal((In("a.wav"), "wav", TimeSpan.FromSeconds(6.0 / 48_000)), (wrapped.Path, wrapped.Format, wrapped.Duration!.Value));
        Assert.Equal(WaveFile.Wrap(samples), await File.ReadAllBytesAsync(wrapped.Path!));
        Assert.Equal(samples, await File.ReadAllBytesAsync((await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.pcm"), null, replaces: false))).Path!));
    }

    [Fact]
    public async Task Speak_OtherBytesThanAskedFor_GetTheirOwnExtension()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Wave(1, 2), "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        List<string> warnings = [];

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.Folder(In("out"), "mp3", replaces: false), new CallSettings { Warning = warnings.Add });

        Assert.Contains("wav where mp3", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal((Path.Combine(_folder, "out", "0001.wav"), "wav", "audio/wav"), (speech.Path, speech.Format, speech.MediaType));
        Assert.Equal([speech.Path!], Directory.GetFiles(In("out")));
    }

    [Fact]
    public async Task Speak_FileIsThere_AsksForNothing()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);
        await File.WriteAllTextAsync(In("a.mp3"), "mine");

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.mp3"), null, replaces: false)));

        Assert.Contains("-Force", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
        await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.mp3"), null, replaces: true));
        Assert.Equal(Sounds.Mp3, await File.ReadAllBytesAsync(In("a.mp3")));
    }

    [Fact]
    public async Task Speak_LongText_IsCutAtSentencesAndJoinedInOneWaveFile()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);
        string text = string.Concat(Enumerable.Range(1, 500).Select(number => $"Sentence {number} of many. "));

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say(text), SpeechTarget.File(In("long.wav"), null, replaces: false));

        string[] inputs = [.. sandbox.GetRequests().Select(request => JsonDocument.Parse(request.Body!).RootElement.GetProperty("input").GetString()!)];
        Assert.Equal((text, 3, text.Length), (string.Concat(inputs), speech.Parts, speech.Characters));
        Assert.All(inputs, input => Assert.True(input.Length <= 4096 && input.EndsWith(". ", StringComparison.Ordinal)));
        using FileStream file = File.OpenRead(speech.Path!);
        WaveFile wave = WaveFile.Read(file)!;
        Assert.Equal((44L, file.Length - 44, wave.Duration), (wave.Offset, wave.Length, speech.Duration));
        ChatTranscript transcript = await connection.TranscribeAsync(new TranscriptRequest { Sound = SoundFile.Open(speech.Path!, "-Path"), Model = "m" });
        Assert.Equal(text.Trim(), transcript.Text);
    }

    [Fact]
    public async Task Speak_WaveFilesWithNotesAndUnknownLengths_AreJoinedWithoutThem()
    {
        byte[] first = [.. Sounds.Wave(0.5, 1), .. "LIST"u8, 2, 0, 0, 0, 9, 9];
        byte[] second = Sounds.Wave(0.25, 2);
        second.AsSpan(second.Length - 12_000 - 4, 4).Fill(0xFF);
        using RawServer server = RawServer.Start(Sounds.Bytes(first, "audio/wav"), Sounds.Bytes(second, "audio/wav"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("One. Two.") with { Format = "wav", MostCharacters = 5 });

        using MemoryStream stream = new(speech.Data);
        WaveFile wave = WaveFile.Read(stream)!;
        Assert.Equal((36_000L, TimeSpan.FromSeconds(0.75), 2), (wave.Length, speech.Duration!.Value, speech.Parts));
        Assert.Equal(speech.Data.Length, wave.Offset + wave.Length);
        Assert.Equal([.. Enumerable.Repeat((byte)1, 24_000), .. Enumerable.Repeat((byte)2, 12_000)], speech.Data[(int)wave.Offset..]);
        Assert.Equal(speech.Data.Length - 8, BitConverter.ToInt32(speech.Data, 4));
    }

    [Fact]
    public async Task Speak_Mp3Parts_LoseTheTagsWithin()
    {
        byte[] tagged = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 3, 7, 7, 7, .. Sounds.Mp3];
        using RawServer server = RawServer.Start(Sounds.Bytes(tagged, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatSpeech speech = await connection.SpeakAsync(Sounds.Say("One. Two.") with { MostCharacters = 5 });

        Assert.Equal([.. tagged, .. Sounds.Mp3], speech.Data);
    }

    [Fact]
    public async Task Speak_PartsOfDifferentKinds_AreAFailure()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"), Sounds.Bytes(Sounds.Wave(0.1, 1), "audio/wav"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("One. Two.") with { MostCharacters = 5 }));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("opus")]
    public async Task Speak_LongTextInAFormatThatCannotBeJoined_NamesTheWayOutAndSendsNothing(string format)
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say(new string('a', 10_000)) with { Format = format }));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains("4096", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-MaxCharacter", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData(nameof(SpokenText.Speed), 5.0, "-Speed")]
    [InlineData(nameof(SpokenText.Format), "midi", "-ResponseFormat")]
    [InlineData(nameof(SpokenText.Voice), " ", "-Voice")]
    [InlineData(nameof(SpokenText.MostCharacters), 0, "-MaxCharacter")]
    public void Validate_ValueThatCannotBeSent_IsNamed(string member, object value, string parameter)
    {
        SpokenText text = member switch
        {
            nameof(SpokenText.Speed) => Sounds.Say("a") with { Speed = (double)value },
            nameof(SpokenText.Format) => Sounds.Say("a") with { Format = (string)value },
            nameof(SpokenText.Voice) => Sounds.Say("a") with { Voice = value },
            _ => Sounds.Say("a") with { MostCharacters = (int)value },
        };

        Assert.Contains(parameter, Engine.AssertInvalid(text.ValidateParameters).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_ThatDoesNotFit_IsRefused()
    {
        Engine.AssertInvalid(() => SpeechTarget.File(In("a.mp3"), "wav", replaces: false));
        Engine.AssertInvalid(() => SpeechTarget.File(In("a.txt"), null, replaces: false));
        Engine.AssertInvalid(() => SpeechTarget.File(_folder, null, replaces: false));
        Engine.AssertInvalid(() => SpeechTarget.File(Path.Combine(_folder, "none", "a.mp3"), null, replaces: false));
        File.WriteAllText(In("file"), "");
        Engine.AssertInvalid(() => SpeechTarget.Folder(In("file"), null, replaces: false));
    }

    [Fact]
    public async Task Speak_BrokenOff_LeavesNoFile()
    {
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync("audio/mpeg");
            await exchange.ChunkAsync([.. Sounds.Mp3, .. new byte[2000]]);
            exchange.Reset();
        });
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.File(In("a.mp3"), null, replaces: false)));

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Speak_WithACheckpoint_KeepsThePathAndAsksAgainWhereTheFileHasGone()
    {
        using CheckpointFolder checkpoints = new();
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        using ServiceConnection connection = Engine.Connect(server);

        string path = (await RunAsync()).Path!;
        Assert.Equal((path, 7L, "mp3", 1), (await RunAsync() is var again ? again.Path : null, again.Length, again.Format, server.Exchanges.Count));
        Assert.True(checkpoints.Bytes.Length < 1500);

        File.Delete(path);
        string second = (await RunAsync()).Path!;
        Assert.Equal(2, server.Exchanges.Count);
        Assert.True(File.Exists(second));

        // Another file under that name is not what was paid for.
        File.WriteAllBytes(second, [1]);
        await RunAsync();
        Assert.Equal(3, server.Exchanges.Count);

        async Task<ChatSpeech> RunAsync()
        {
            using Checkpoint checkpoint = checkpoints.Open();
            return await connection.SpeakAsync(Sounds.Say("hi"), SpeechTarget.Folder(In("out"), null, replaces: false), plan: new RunPlan { Checkpoint = checkpoint });
        }
    }

    [Fact]
    public async Task Speak_PricedByCharacters_CostsThemAndKeepsToTheBudget()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        PriceTable prices = new([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Character] = 0.1m } }]);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, MaxRetry = 0 });
        CallSettings settings = new() { Prices = prices };
        Budget budget = new(null, 1, prices);

        Assert.Equal(0.5m, (await connection.SpeakAsync(Sounds.Say("hello"), settings: settings, plan: new RunPlan { Budget = budget })).Cost);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("hello you"), settings: settings, plan: new RunPlan { Budget = budget }));

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.Single(server.Exchanges);
        Assert.Contains("about 0.50", new SpeechService(connection).Estimate(Sounds.Say("hello"), settings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speak_ServiceWithoutSpeech_IsRefusedBeforeAnythingIsSent()
    {
        using RawServer server = RawServer.Answering(200, "{}");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Gemini, BaseUri = server.BaseUri, Model = "m" });

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.SpeakAsync(Sounds.Say("hi")));

        Assert.Contains("speech", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Connection", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Theory]
    [InlineData("2024-10-21", "/openai/deployments/voice%201/audio/speech?api-version=2024-10-21")]
    [InlineData(null, "/openai/v1/audio/speech")]
    public async Task Speak_AtAzure_GoesToTheDeployment(string? version, string path)
    {
        using RawServer server = RawServer.Start(Sounds.Bytes(Sounds.Mp3, "audio/mpeg"));
        Dialect azure = KnownDialects.AzureOpenAI;
        ServiceAddress address = azure.Locate(new Uri(server.BaseUri.GetLeftPart(UriPartial.Authority)), version);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = azure, BaseUri = address.BaseUri, ApiVersion = address.ApiVersion, Model = "voice 1" });

        await connection.SpeakAsync(new SpokenText { Text = "hi" });

        Assert.StartsWith($"POST {path} HTTP/1.1", server.Exchanges[0].Head, StringComparison.Ordinal);
    }
}
