using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Client.Usage;
using ChatPS.Sandbox;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Client.Tests.Speech;

public sealed class TranscriptServiceTests : IDisposable
{
    private const string Json = """{"text":"Hello."}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-sound").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SoundFile Sound(string name = "talk.mp3", byte[]? bytes = null)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes ?? Sounds.Mp3);
        return SoundFile.Open(path, "-Path");
    }

    private TranscriptRequest Request(string? format = null) => new() { Sound = Sound(), Model = "m", Format = format };

    [Fact]
    public async Task Transcribe_EveryField_IsSentAsTheOfficialDescriptionSays()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);

        await connection.TranscribeAsync(Request("diarized_json") with
        {
            Languages = ["de", "en"],
            Keywords = ["ChatPS"],
            Prompt = "Protokoll für",
            Temperature = 0.5,
            ChunkingStrategy = new Dictionary<string, object?> { ["type"] = "server_vad", ["silence_duration_ms"] = 500 },
            KnownSpeakers = [("Ann", Sound("ann.mp3"))],
        });
        await connection.TranscribeAsync(Request("verbose_json") with { Languages = ["de"], Granularities = ["word", "segment"] });
        await connection.TranscribeAsync(Request() with { Include = ["logprobs"] });

        Assert.All(server.Exchanges, exchange => Assert.Empty(OpenApiDescription.Official.Validate("CreateTranscriptionRequest", Sounds.FormJson(exchange.Body, out _))));
        Assert.Equal(
            """{"chunking_strategy":{"type":"server_vad","silence_duration_ms":500},"file":"(binary)","keywords":["ChatPS"],"known_speaker_names":["Ann"],"known_speaker_references":["data:audio/mpeg;base64,//uQAAECAw=="],"languages":["de","en"],"model":"m","prompt":"Protokoll f\u00FCr","response_format":"diarized_json","temperature":0.5}""",
            Sounds.FormJson(server.Exchanges[0].Body, out string head));
        Assert.Contains("name=\"file\"; filename=\"talk.mp3\"", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: audio/mpeg", head, StringComparison.Ordinal);
        Assert.Equal("""{"file":"(binary)","language":"de","model":"m","response_format":"verbose_json","timestamp_granularities":["word","segment"]}""", Sounds.FormJson(server.Exchanges[1].Body, out _));
        Assert.Equal("""{"file":"(binary)","include":["logprobs"],"model":"m"}""", Sounds.FormJson(server.Exchanges[2].Body, out _));
        Assert.StartsWith("POST /v1/audio/transcriptions HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translate_Fields_GoToTheEndpointOfItsOwn()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);

        await connection.TranscribeAsync(Request("verbose_json") with { IsTranslation = true, Prompt = "p", Temperature = 0 });

        Assert.Empty(OpenApiDescription.Official.Validate("CreateTranslationRequest", Sounds.FormJson(server.Exchanges[0].Body, out _)));
        Assert.StartsWith("POST /v1/audio/translations HTTP/1.1\r\n", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_AdditionalBody_BecomesFieldsAndWins()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);

        await connection.TranscribeAsync(Request("json"), new CallSettings
        {
            AdditionalBody = new Dictionary<string, object?> { ["response_format"] = "fancy", ["vad"] = true, ["hotwords"] = new List<object?> { "a", 2 }, ["more"] = new Dictionary<string, object?> { ["x"] = 1 } },
        });

        Assert.Equal("""{"file":"(binary)","hotwords":["a","2"],"model":"m","more":"{\u0022x\u0022:1}","response_format":"fancy","vad":"true"}""", Sounds.FormJson(server.Exchanges[0].Body, out _));
    }

    [Theory]
    [InlineData("grüße.mp3", "filename=\"gr__e.mp3\"; filename*=utf-8''gr%C3%BC%C3%9Fe.mp3")]
    [InlineData("会議.mp3", "filename=\"__.mp3\"; filename*=utf-8''%E4%BC%9A%E8%AD%B0.mp3")]
    [InlineData("talk.dat", "filename=\"talk.dat.mp3\"")]
    [InlineData("talk.MPGA", "filename=\"talk.MPGA\"")]
    [InlineData("talk", "filename=\"talk.mp3\"")]
    public async Task Transcribe_NameOfTheFile_HasAnExtensionThatFitsAndAFormThatAllRead(string name, string expected)
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);

        ChatTranscript transcript = await connection.TranscribeAsync(new TranscriptRequest { Sound = Sound(name), Model = "m" });

        Sounds.FormJson(server.Exchanges[0].Body, out string head);
        Assert.Contains(expected, head, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_folder, name), transcript.Path);
    }

    [Fact]
    public async Task Transcribe_WordsAndSegments_HaveTimes()
    {
        ChatTranscript transcript = await AskAsync(
            """{"task":"transcribe","language":"german","duration":"2.50","text":"Guten Tag.","segments":[{"id":0,"seek":0,"start":0.0,"end":"2.5","text":" Guten Tag.","tokens":[1],"temperature":0,"avg_logprob":-0.25,"compression_ratio":1,"no_speech_prob":0.01},null],"words":[{"word":"Guten","start":0.5,"end":1},{"word":"Tag","start":1,"end":1.75}],"usage":{"type":"duration","seconds":3}}""",
            Request("verbose_json"));

        Assert.Equal(("Guten Tag.", "german", TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(3)), (transcript.Text, transcript.Language, transcript.Duration, transcript.Charged));
        Assert.Equal([("Guten", 500.0, 1000.0), ("Tag", 1000, 1750)], transcript.Words.Select(word => (word.Word, word.Start!.Value.TotalMilliseconds, word.End!.Value.TotalMilliseconds)));
        ChatTranscriptSegment segment = Assert.Single(transcript.Segments);
        Assert.Equal(("0", " Guten Tag.", 2.5, -0.25, 0.01), (segment.Id, segment.Text, segment.End!.Value.TotalSeconds, segment.AvgLogProb, segment.NoSpeechProb));
        Assert.Null(transcript.Usage);
    }

    [Fact]
    public async Task Transcribe_StreamWithSpeakers_GivesARowForEachAndThenTheWhole()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event("""{"type":"transcript.text.segment","id":"s1","speaker":"A","start":0,"end":1,"text":"Who does it?"}"""),
            Engine.Event("""{"type":"transcript.text.segment","id":"s2","speaker":"B","start":1,"end":2.5,"text":"I do."}"""),
            Engine.Event("""{"type":"transcript.text.done","text":"Who does it? I do.","usage":{"type":"tokens","input_tokens":30,"input_token_details":{"text_tokens":1,"audio_tokens":29},"output_tokens":6,"total_tokens":36}}"""));
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatTranscriptUpdate> updates = await Engine.CollectAsync(new TranscriptService(connection, 1).StreamAsync(
            (Request("diarized_json") with { IsStream = true }).Complete(), CallSettings.None, RunPlan.None, CancellationToken.None));

        Assert.Equal([("A", "Who does it?"), ("B", "I do.")], updates.Take(2).Select(update => (update.Segment!.Speaker, update.Segment.Text)));
        ChatTranscript whole = updates[2].Transcript!;
        Assert.Equal("A: Who does it?\nB: I do.", whole.ToString());
        Assert.Equal(["A", "B"], whole.Speakers);
        Assert.Equal((36, 29, 2.5), (whole.Usage!.TotalTokens, whole.Usage.InputAudioTokens, whole.Segments[1].End!.Value.TotalSeconds));
        Assert.Contains("\"stream\":true", Sounds.FormJson(server.Exchanges[0].Body, out _), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_StreamOfText_GivesThePieces()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event("""{"type":"transcript.text.delta","delta":"Hello ","logprobs":[{"token":"Hello","logprob":-0.5,"bytes":[72]}]}"""),
            Engine.Event("""{"type":"transcript.text.delta","delta":"you."}"""),
            Engine.Event("""{"type":"transcript.text.done","text":"Hello you.","languages":[{"code":"en"}]}"""));
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatTranscriptUpdate> updates = await Engine.CollectAsync(new TranscriptService(connection, 1).StreamAsync(
            (Request() with { IsStream = true }).Complete(), CallSettings.None, RunPlan.None, CancellationToken.None));

        Assert.Equal("Hello you.", string.Concat(updates.Select(update => update.Text)));
        ChatTranscript whole = updates[^1].Transcript!;
        Assert.Equal(("Hello you.", "en", "Hello"), (whole.Text, whole.Language, Assert.Single(whole.LogProbs).Token));
    }

    [Fact]
    public async Task Transcribe_StreamThatBreaksOff_TellsWhatHadArrived()
    {
        using RawServer server = RawServer.Streaming(Engine.Event("""{"type":"transcript.text.delta","delta":"Hello "}"""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request()));

        Assert.Equal((ErrorIds.StreamTruncated, "Hello "), (failure.ErrorId, failure.PartialText));
    }

    [Fact]
    public void Complete_Speakers_AreAskedForWithCuts()
    {
        Assert.Equal("auto", Request("diarized_json").Complete().ChunkingStrategy);
        Assert.Null(Request("json").Complete().ChunkingStrategy);
        Assert.Equal("diarized_json", (Request() with { KnownSpeakers = [("Ann", Sound("ann.mp3"))] }).Complete().Format);
        Assert.Equal("verbose_json", (Request() with { Granularities = ["word"] }).Complete().Format);
    }

    [Fact]
    public async Task Transcribe_LongSoundWithSpeakers_IsTakenByTheSandbox()
    {
        using SandboxServer sandbox = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(sandbox);

        ChatTranscript transcript = await connection.TranscribeAsync(new TranscriptRequest { Sound = Sound("talk.wav", Sounds.Wave(40.0, 0)), Model = "sandbox-diarize", Format = "diarized_json" });

        Assert.Equal(["A", "B"], transcript.Speakers);
    }

    [Theory]
    [InlineData("Just text.\n", "text/plain", null, "Just text.")]
    [InlineData("data: is not what it seems", "text/plain", "text", "data: is not what it seems")]
    [InlineData("[music] {x}", "text/plain", "json", "[music] {x}")]
    [InlineData("""{"text":"Hello."}""", "text/plain", "text", "Hello.")]
    [InlineData("""{"segments":[{"text":" Hello"},{"text":" you."}]}""", "application/json", "json", "Hello you.")]
    [InlineData("\n", "text/plain", "text", "")]
    [InlineData("""{"text":""}""", "application/json", "json", "")]
    public async Task Transcribe_AnswerOfAnotherForm_IsRead(string body, string type, string? format, string text) =>
        Assert.Equal(text, (await AskAsync(body, Request(format), type)).Text);

    [Theory]
    [InlineData("srt", "1\r\n00:00:00,000 --> 00:00:01,500\r\nHello,\r\nyou.\r\n\r\n2\r\n00:00:01,500 --> 01:00:02,000\r\nBye.\r\n")]
    [InlineData("vtt", "WEBVTT\n\nNOTE x\n\n00:00.000 --> 00:01.500 align:start\nHello,\nyou.\n\n00:01.500 --> 01:00:02.000\nBye.\n")]
    public async Task Transcribe_Subtitles_StayAsTheyCameAndAreParsed(string format, string body)
    {
        ChatTranscript transcript = await AskAsync(body, Request(format), "text/plain");

        Assert.Equal((body, body), (transcript.Text, transcript.ToString()));
        Assert.Equal([("Hello, you.", 0, 1.5), ("Bye.", 1.5, 3602)], transcript.Segments.Select(segment => (segment.Text, segment.Start!.Value.TotalSeconds, segment.End!.Value.TotalSeconds)));
    }

    [Theory]
    [InlineData("""{"error":{"message":"bad audio"}}""", "application/json", "bad audio")]
    [InlineData("""{"error":{"message":"bad audio"}}""", "text/plain", "bad audio")]
    [InlineData("<html><title>Gateway down</title></html>", "text/html", "Gateway down")]
    [InlineData("""{"task":"transcribe"}""", "application/json", "no text")]
    [InlineData("", "application/json", "empty body")]
    [InlineData(" \n", "text/plain", "empty body")]
    [InlineData("data: {\"error\":{\"message\":\"bad audio\"}}\n\n", "text/event-stream", "bad audio")]
    public async Task Transcribe_ErrorUnderSuccess_IsAFailure(string body, string type, string words)
    {
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => AskAsync(body, Request(), type));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    [InlineData("4e7")]
    public async Task Transcribe_TimesThatCannotBe_AreNoTimes(string number)
    {
        TranscriptRequest request = Request() with { Sound = Sound("talk.wav", Sounds.Wave(2.0, 1)) };

        ChatTranscript transcript = await AskAsync(
            $$"""{"text":"a","duration":{{number}},"segments":[{"text":"a","start":{{number}},"end":1}],"words":[{"word":"a","start":0,"end":{{number}}}],"usage":{"type":"duration","seconds":{{number}}} }""", request);

        Assert.Equal((TimeSpan.FromSeconds(2), (TimeSpan?)null), (transcript.Duration, transcript.Charged));
        Assert.Equal(((TimeSpan?)null, TimeSpan.FromSeconds(1)), (transcript.Segments[0].Start, transcript.Segments[0].End));
        Assert.Equal((TimeSpan.Zero, (TimeSpan?)null), (transcript.Words[0].Start, transcript.Words[0].End));
    }

    [Theory]
    [InlineData("99999999:00:00,000", "talk.wav", 2.0)]
    [InlineData("09:00:00,000", "talk.wav", 2.0)]
    [InlineData("99999999:00:00,000", "talk.mp3", null)]
    [InlineData("00:00:03,000", "talk.mp3", 3.0)]
    public async Task Transcribe_TimesOfSubtitles_DoNotMakeTheFileLonger(string end, string name, double? seconds)
    {
        TranscriptRequest request = Request("srt") with { Sound = Sound(name, name == "talk.wav" ? Sounds.Wave(2.0, 1) : null) };

        Assert.Equal(seconds, (await AskAsync($"1\n00:00:00,000 --> {end}\nHello.\n", request, "text/plain")).Duration?.TotalSeconds);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    public async Task Transcribe_FileThatHasChanged_IsNoFailureOfTheConnection(int length)
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 3);
        TranscriptRequest request = Request() with { Sound = Sound("talk.mp3", [.. Sounds.Mp3, .. new byte[2000]]) };
        await File.WriteAllBytesAsync(request.Sound.Path!, [.. Sounds.Mp3, .. new byte[length]]);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(request));

        Assert.Equal((ErrorIds.InvalidRequest, 1), (failure.ErrorId, failure.Attempts));
        Assert.Equal($"'{request.Sound.Path}' was changed while it was sent.", failure.Message);
    }

    [Fact]
    public async Task Transcribe_KeyInTheAnswer_IsMasked()
    {
        ChatTranscript transcript = await AskAsync($$"""{"text":"my key is {{Engine.Key}}","segments":[{"text":"{{Engine.Key}}","speaker":"A"}]}""", Request());

        Assert.DoesNotContain(Engine.Key, transcript.Text + transcript.Raw + transcript.Segments[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_Retry_ReadsTheFileAnew()
    {
        using RawServer server = RawServer.Start(RawServer.Answer(500, "{}", "application/json", "retry-after-ms: 1"), RawServer.Answer(200, Json));
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 1);

        await connection.TranscribeAsync(new TranscriptRequest { Sound = Sound("talk.mp3", [.. Sounds.Mp3, .. new byte[200_000]]), Model = "m" });

        Assert.Equal(2, server.Exchanges.Count);
        Assert.Equal(server.Exchanges[0].Body, server.Exchanges[1].Body);
        Assert.True(server.Exchanges[0].Body.Length > 200_000);
    }

    [Fact]
    public async Task Transcribe_ALargeFile_TellsHowFarItIs()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);
        List<(long Bytes, long Total)> heard = [];
        using FileBody body = new(Sound("talk.mp3", [.. Sounds.Mp3, .. new byte[200_000]]).Path!) { Sent = (bytes, total) => heard.Add((bytes, total)) };
        CallWatch watch = new();

        await body.CopyToAsync(Stream.Null);
        watch.Moves(new CallTransfer(5, 10, IsUpload: true));

        Assert.Equal((200_007L, 200_007L), heard[^1]);
        Assert.True(heard.Count > 2 && heard.SequenceEqual(heard.Order()));
        Assert.Equal(5, watch.Transfer!.Bytes);
        watch.Moves(new CallTransfer(10, 10, IsUpload: true));
        Assert.Null(watch.Transfer);
    }

    [Fact]
    public async Task Transcribe_LimitOfTokensAMinute_DoesNotCountTheBytesOfTheFile()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, MaxRetry = 0, TokensPerMinute = 100 });
        TranscriptRequest request = new() { Sound = Sound("talk.mp3", [.. Sounds.Mp3, .. new byte[200_000]]), Model = "m" };

        await connection.TranscribeAsync(request);
        await connection.TranscribeAsync(request);

        Assert.Equal(2, server.Exchanges.Count);
    }

    [Theory]
    [InlineData("""{"text":"x","usage":{"type":"duration","seconds":90}}""", 3.0)]
    [InlineData("""{"text":"x","duration":"30"}""", 1.0)]
    [InlineData("""{"text":"x","usage":{"type":"tokens","input_tokens":1000000,"output_tokens":0,"total_tokens":1000000}}""", null)]
    public async Task Transcribe_PricedByMinutes_CostsThem(string body, double? cost)
    {
        CallSettings settings = new() { Prices = new PriceTable([new ModelPrice("m", 0, 0) { Units = new Dictionary<string, decimal> { [PriceUnits.Minute] = 2 } }]) };

        ChatTranscript transcript = await AskAsync(body, Request(), settings: settings);

        Assert.Equal((decimal?)cost ?? transcript.Cost, transcript.Cost);
        Assert.NotNull(transcript.Cost);
    }

    [Fact]
    public async Task Transcribe_PricedByTokens_KeepsToTheBudget()
    {
        using RawServer server = RawServer.Answering(200, """{"text":"x","usage":{"type":"tokens","input_tokens":90,"output_tokens":20,"total_tokens":110}}""");
        using ServiceConnection connection = Engine.Connect(server);
        RunPlan plan = new() { Budget = new Budget(100, null, null) };

        await connection.TranscribeAsync(Request(), plan: plan);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request(), plan: plan));

        Assert.Equal(ErrorIds.BudgetExceeded, failure.ErrorId);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Transcribe_WithACheckpoint_AsksOnceForWhatAFileHolds()
    {
        using CheckpointFolder checkpoints = new();
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(server);
        byte[] other = [.. Sounds.Mp3, 9];

        Assert.Equal("Hello.", (await RunAsync(Sound())).Text);
        Assert.Equal(("Hello.", 1), ((await RunAsync(Sound())).Text, server.Exchanges.Count));
        await RunAsync(Sound("talk.mp3", other));
        Assert.Equal(2, server.Exchanges.Count);

        async Task<ChatTranscript> RunAsync(SoundFile sound)
        {
            using Checkpoint checkpoint = checkpoints.Open();
            return await connection.TranscribeAsync(new TranscriptRequest { Sound = sound, Model = "m" }, plan: new RunPlan { Checkpoint = checkpoint });
        }
    }

    [Fact]
    public void Open_WhatIsNoSound_IsNamed()
    {
        Assert.Contains("no file", Engine.AssertInvalid(() => SoundFile.Open(Path.Combine(_folder, "none.mp3"), "-Path")).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Engine.AssertInvalid(() => SoundFile.Open(_folder, "-Path")).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Engine.AssertInvalid(() => Sound("empty.mp3", [])).Message, StringComparison.Ordinal);
        Assert.Contains("no sound", Engine.AssertInvalid(() => Sound("note.mp3", Encoding.UTF8.GetBytes("only text"))).Message, StringComparison.Ordinal);
        Assert.Contains("no sound", Engine.AssertInvalid(() => Sound("photo.mp3", [0xFF, 0xD8, 0xFF, 0xE0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Temperature")]
    [InlineData("-SplitMinute")]
    [InlineData("-Translate")]
    [InlineData("-Stream")]
    [InlineData("-TimestampGranularity")]
    [InlineData("-Include")]
    [InlineData("-KnownSpeaker")]
    public void Complete_ValuesThatDoNotGo_AreNamed(string parameter)
    {
        TranscriptRequest request = parameter switch
        {
            "-Temperature" => Request() with { Temperature = 2 },
            "-SplitMinute" => Request() with { SplitMinutes = 0 },
            "-Translate" => Request() with { IsTranslation = true, Languages = ["de"] },
            "-Stream" => Request() with { IsStream = true, SplitMinutes = 1 },
            "-TimestampGranularity" => Request("srt") with { Granularities = ["word"] },
            "-Include" => Request("text") with { Include = ["logprobs"] },
            _ => Request("json") with { KnownSpeakers = [("Ann", Sound("ann.mp3"))] },
        };

        Assert.Contains(parameter, Engine.AssertInvalid(() => request.Complete()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-10-21", "/openai/deployments/ear/audio/transcriptions?api-version=2024-10-21")]
    [InlineData(null, "/openai/v1/audio/transcriptions")]
    public async Task Transcribe_AtAzure_GoesToTheDeployment(string? version, string path)
    {
        using RawServer server = RawServer.Answering(200, Json);
        ServiceAddress address = KnownDialects.AzureOpenAI.Locate(new Uri(server.BaseUri.GetLeftPart(UriPartial.Authority)), version);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.AzureOpenAI, BaseUri = address.BaseUri, ApiVersion = address.ApiVersion, Model = "ear" });

        await connection.TranscribeAsync(new TranscriptRequest { Sound = Sound() });

        Assert.StartsWith($"POST {path} HTTP/1.1", server.Exchanges[0].Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_ServiceWithoutTranscripts_IsRefusedBeforeAnythingIsSent()
    {
        using RawServer server = RawServer.Answering(200, Json);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Anthropic, BaseUri = server.BaseUri, Model = "m" });

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.TranscribeAsync(Request()));

        Assert.Contains("transcription", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    private static async Task<ChatTranscript> AskAsync(string body, TranscriptRequest request, string type = "application/json", CallSettings? settings = null)
    {
        using RawServer server = RawServer.Answering(200, body, type);
        using ServiceConnection connection = Engine.Connect(server);
        return await connection.TranscribeAsync(request, settings);
    }
}
