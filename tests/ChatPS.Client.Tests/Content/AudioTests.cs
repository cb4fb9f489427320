using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Content;
using ChatPS.Client.Dialects.OpenAI;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Runs;
using ChatPS.Sandbox;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Content;

/// <summary>Spoken answers, cited pages, and where the sound is saved.</summary>
public sealed class AudioTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatps-audio").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Complete_SpokenAnswer_HasItsSoundAndTranscript()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = await connection.Chat.CompleteAsync(Spoken("wav"), CallSettings.None, RunPlan.None, CancellationToken.None);

        Assert.Equal(("You said: hello", "You said: hello", "wav"), (answer.Text, answer.Audio!.Transcript, answer.Audio.Format));
        Assert.Equal("RIFF"u8.ToArray(), answer.Audio.Data.Take(4));
        Assert.Equal(answer.Audio.Id, answer.Message!.AudioId);
        Assert.True(answer.Audio.ExpiresAt > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Stream_SpokenAnswer_IsTheSameAsWhole()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        ChatAudio whole = (await connection.Chat.CompleteAsync(Spoken("pcm16"), CallSettings.None, RunPlan.None, CancellationToken.None)).Audio!;
        List<ChatCompletionUpdate> updates = await connection.StreamAsync(Spoken("pcm16"));

        ChatAudio streamed = updates[^1].Completion!.Audio!;
        Assert.Equal((whole.Transcript, whole.Format), (streamed.Transcript, streamed.Format));
        Assert.Equal(whole.Data, streamed.Data);
        Assert.NotNull(streamed.ExpiresAt);
        Assert.Equal("You said: hello", string.Concat(updates.Select(update => update.Text)));
    }

    [Fact]
    public void Add_SoundCutAnywhere_IsPutTogether() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (bytes, size) =>
        {
            AudioParts parts = new();
            string text = Convert.ToBase64String(bytes);
            for (int at = 0; at < text.Length; at += size.Get)
            {
                parts.Add(new Api.Chat.ResponseAudio { Data = text.Substring(at, Math.Min(size.Get, text.Length - at)) });
            }

            return text.Length == 0 || parts.ToAudio("wav")!.Data.SequenceEqual(bytes);
        }));

    [Fact]
    public void Add_NothingSpoken_IsNoAudio() => Assert.Null(new AudioParts().ToAudio("wav"));

    [Fact]
    public async Task Complete_SoundThatIsNoBase64_IsABadResponse()
    {
        using RawServer server = RawServer.Answering(200, """{"choices":[{"message":{"role":"assistant","content":null,"audio":{"id":"a","data":"!!"}}}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailAsync()).ErrorId);
    }

    [Fact]
    public async Task Citations_WholeAndStreamed_AreObjects()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);
        ChatRequest request = Engine.Ask() with { WebSearchOptions = new Dictionary<string, object?>() };

        ChatCompletion whole = await connection.Chat.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);
        ChatCompletion streamed = (await connection.StreamAsync(request))[^1].Completion!;

        Assert.All([whole, streamed], answer =>
        {
            ChatCitation citation = Assert.Single(answer.Citations);
            Assert.Equal(("https://example.com/sandbox", "A page of the sandbox", 0, answer.Text.Length - 1), (citation.Url, citation.Title, citation.StartIndex, citation.EndIndex));
        });
    }

    [Fact]
    public async Task LogProbs_OfARefusal_AreThere()
    {
        const string Probabilities = """{"content":[],"refusal":[{"token":"No","logprob":-0.5,"bytes":null,"top_logprobs":[{"token":"No","logprob":-0.5},{"token":"Yes","logprob":-2}]}]}""";
        using RawServer server = RawServer.Answering(200, $$"""{"choices":[{"message":{"role":"assistant","content":null,"refusal":"No"},"finish_reason":"stop","logprobs":{{Probabilities}}}]}""");
        using RawServer streaming = RawServer.Streaming(
            Engine.Event($$"""{"choices":[{"index":0,"delta":{"refusal":"No"},"logprobs":{{Probabilities}},"finish_reason":"stop"}]}"""), Engine.Event("[DONE]"));
        using ServiceConnection connection = Engine.Connect(server);
        using ServiceConnection stream = Engine.Connect(streaming);

        ChatCompletion[] answers = [await connection.CompleteAsync(), (await stream.StreamAsync())[^1].Completion!];

        Assert.All(answers, answer =>
        {
            Assert.Equal("No", answer.Refusal);
            Assert.Equal(["No", "Yes"], Assert.Single(answer.Choices[0].LogProbs).Top.Select(token => token.Token));
        });
    }

    [Theory]
    [InlineData("a.wav", false, "wav")]
    [InlineData("a.MP3", false, "mp3")]
    [InlineData("a.pcm", false, "pcm16")]
    [InlineData("a.wav", true, "pcm16")]
    [InlineData("a.mp3", true, "mp3")]
    [InlineData("folder", false, "wav")]
    [InlineData("folder", true, "pcm16")]
    public void Prepare_Path_AsksForItsFormat(string name, bool stream, string format)
    {
        ChatRequest request = AudioTarget.Prepare(Engine.Ask(), At(name), stream, keepsFiles: false, out _);

        Assert.Equal(["text", "audio"], request.Modalities);
        Assert.Equal($$"""{"format":"{{format}}","voice":"alloy"}""", PlainJson.Write(request.Audio, "-Audio"));
    }

    [Fact]
    public void Prepare_VoiceAndModality_AreKept()
    {
        ChatRequest request = AudioTarget.Prepare(
            Engine.Ask() with { Modalities = ["audio"], Audio = new Dictionary<string, object?> { ["voice"] = "sage" } }, At("a.flac"), isStream: false, keepsFiles: false, out _);

        Assert.Equal(["audio"], request.Modalities);
        Assert.Equal("""{"voice":"sage","format":"flac"}""", PlainJson.Write(request.Audio, "-Audio"));
    }

    [Fact]
    public void Prepare_WhatDoesNotFit_IsAnErrorBeforeItIsSent()
    {
        Assert.Contains(".ogg", Invalid(At("a.ogg")).Message, StringComparison.Ordinal);
        Assert.Contains("none", Invalid(Path.Combine(_folder, "none", "a.wav")).Message, StringComparison.Ordinal);
        Assert.Contains("mp3", Invalid(At("a.wav"), Engine.Ask() with { Audio = new Dictionary<string, object?> { ["format"] = "mp3" } }).Message, StringComparison.Ordinal);
        Assert.Contains("-Modality", Invalid(At("a.wav"), Engine.Ask() with { Modalities = ["text"] }).Message, StringComparison.Ordinal);

        static ChatServiceException Invalid(string path, ChatRequest? request = null) =>
            Engine.AssertInvalid(() => AudioTarget.Prepare(request ?? Engine.Ask(), path, isStream: false, keepsFiles: false, out _));
    }

    [Fact]
    public void Check_SecondItemForOneFile_IsAnError()
    {
        AudioTarget target = Target("a.wav");

        target.Check(Engine.Ask());
        Engine.AssertInvalid(() => target.Check(Engine.Ask() with { Index = 1 }));
    }

    [Fact]
    public void Save_File_IsWholeAndOverwritten()
    {
        File.WriteAllText(At("a.mp3"), "old");
        ChatCompletion answer = Answer(0, [[1, 2], [3]]);

        Target("a.mp3").Save(answer);

        Assert.Equal([1, 2], File.ReadAllBytes(At("a.mp3")));
        Assert.Equal([3], File.ReadAllBytes(At("a-2.mp3")));
        Assert.Equal(At("a.mp3"), answer.Audio!.Path);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Save_Folder_GetsAFileForEachItem()
    {
        AudioTarget target = Target("new");

        target.Save(Answer(0, [[1]]));
        target.Save(Answer(11, [[2]]));

        Assert.Equal(["0001.wav", "0012.wav"], Directory.GetFiles(At("new")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_RawSoundToWav_GetsAHeader()
    {
        Target("a.wav", stream: true).Save(Answer(0, [[1, 2, 3, 4]]));

        byte[] file = File.ReadAllBytes(At("a.wav"));
        Assert.Equal(48, file.Length);
        Assert.Equal(("RIFF", "WAVE", "data"), (Ascii(file, 0), Ascii(file, 8), Ascii(file, 36)));
        Assert.Equal((40, 24_000, 4), (BitConverter.ToInt32(file, 4), BitConverter.ToInt32(file, 24), BitConverter.ToInt32(file, 40)));
    }

    [Fact]
    public void NoClobber_FileThatExists_StaysAsItIs()
    {
        File.WriteAllText(At("a.mp3"), "old");
        AudioTarget target = Target("a.mp3", keepsFiles: true);

        Assert.Contains("-NoClobber", Engine.AssertInvalid(() => target.Check(Engine.Ask())).Message, StringComparison.Ordinal);
        Assert.Contains("-NoClobber", Engine.AssertInvalid(() => target.Save(Answer(0, [[1]]))).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public void Save_AnswerWithoutSound_IsABadResponse() => Assert.Equal(
        ErrorIds.BadResponse, Assert.Throws<ChatServiceException>(() => Target("a.mp3").Save(new ChatCompletion { Choices = [new ChatChoice()] })).ErrorId);

    private static ChatRequest Spoken(string format) =>
        Engine.Ask() with { Modalities = ["text", "audio"], Audio = new Dictionary<string, object?> { ["voice"] = "alloy", ["format"] = format } };

    private static ChatCompletion Answer(int index, byte[][] sounds) => new()
    {
        Index = index,
        Choices = [.. sounds.Select((sound, choice) => new ChatChoice { Index = choice, Message = new ChatMessage { Audio = new ChatAudio { Data = sound } } })],
    };

    private static string Ascii(byte[] file, int at) => System.Text.Encoding.ASCII.GetString(file, at, 4);

    private string At(string name) => Path.Combine(_folder, name);

    private AudioTarget Target(string name, bool stream = false, bool keepsFiles = false)
    {
        AudioTarget.Prepare(Engine.Ask(), At(name), stream, keepsFiles, out AudioTarget target);
        return target;
    }
}
