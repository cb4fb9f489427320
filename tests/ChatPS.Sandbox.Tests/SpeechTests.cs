using System.Net;
using System.Text;
using System.Text.Json;
using ChatPS.Tests.OpenApi;

namespace ChatPS.Sandbox.Tests;

public sealed class SpeechTests : SandboxTest
{
    private const string Speech = "/v1/audio/speech";
    private const string Transcriptions = "/v1/audio/transcriptions";
    private const string Translations = "/v1/audio/translations";
    private const string Words = "Who rotates the keys? I do it, on Friday. 你好。";

    [Theory]
    [InlineData("wav", "RIFF", "audio/wav")]
    [InlineData("mp3", "ID3", "audio/mpeg")]
    [InlineData("opus", "OggS", "audio/ogg")]
    [InlineData("flac", "fLaC", "audio/flac")]
    [InlineData("aac", "\u00FF\u00F1", "audio/aac")]
    [InlineData("pcm", "", "audio/pcm")]
    public async Task Speech_OfEachFormat_BeginsAsItShouldAndIsUnderstood(string format, string begin, string type)
    {
        (byte[] sound, string? contentType) = await SpeakAsync(Words, $$""","response_format":"{{format}}" """);

        Assert.StartsWith(begin, Encoding.Latin1.GetString(sound), StringComparison.Ordinal);
        Assert.Equal(type, contentType);
        if (format != "pcm")
        {
            JsonElement transcript = Parse(await TranscribeAsync(Transcriptions, sound, $"talk.{(format is "opus" or "aac" ? "ogg" : format)}"));
            Assert.Equal(Words, transcript.GetProperty("text").GetString());
        }
    }

    [Fact]
    public async Task Speech_Wave_IsWholeAndAsLongAsItsWords()
    {
        (byte[] sound, _) = await SpeakAsync("one two three", ""","response_format":"wav" """);

        Assert.Equal(sound.Length - 8, BitConverter.ToInt32(sound, 4));
        Assert.Equal(sound.Length - 44, BitConverter.ToInt32(sound, 40));
        Assert.Equal(3 * 1440 * 2, sound.Length - 44);
        Assert.Equal(sound, (await SpeakAsync("one two three", ""","response_format":"wav" """)).Sound);
    }

    [Fact]
    public async Task Speech_Events_FitTheOfficialDescriptionAndGiveTheSameBytes()
    {
        List<string> events = await StreamAsync(Speech, Ask(Words, ""","stream_format":"sse","response_format":"wav" """));

        Assert.All(events, data => Assert.Empty(OpenApiDescription.Official.Validate("CreateSpeechResponseStreamEvent", data)));
        byte[] joined = [.. events.Select(Parse).Where(data => data.TryGetProperty("audio", out _)).SelectMany(data => data.GetProperty("audio").GetBytesFromBase64())];
        Assert.Equal((await SpeakAsync(Words, ""","response_format":"wav" """)).Sound, joined);
        Assert.Equal("speech.audio.done", Parse(events[^1]).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"model":"m","voice":"alloy"}""", "input")]
    [InlineData("""{"model":"m","voice":"alloy","input":""}""", "input")]
    [InlineData("""{"model":"m","input":"a"}""", "voice")]
    [InlineData("""{"model":"m","input":"a","voice":{}}""", "voice.id")]
    [InlineData("""{"model":"m","input":"a","voice":"alloy","response_format":"midi"}""", "response_format")]
    [InlineData("""{"model":"m","input":"a","voice":"alloy","speed":5}""", "speed")]
    [InlineData("""{"model":"m","input":"a","voice":"alloy","stream_format":"tape"}""", "stream_format")]
    public async Task Speech_ValueThatCannotBe_IsRefused(string body, string param) =>
        Assert.Equal(param, (await FailAsync(400, Speech, body)).GetProperty("param").GetString());

    [Fact]
    public async Task Speech_LongText_IsRefused()
    {
        Assert.Equal("string_too_long", (await FailAsync(400, Speech, Ask(new string('a', 4097)))).GetProperty("code").GetString());
        Assert.NotEmpty((await SpeakAsync(new string('a', 4096))).Sound);
        Assert.NotEmpty((await SpeakAsync("a", ""","voice":{"id":"voice_1"}""")).Sound);
    }

    [Theory]
    [InlineData("json", "CreateTranscriptionResponseJson")]
    [InlineData("verbose_json", "CreateTranscriptionResponseVerboseJson")]
    [InlineData("diarized_json", "CreateTranscriptionResponseDiarizedJson")]
    public async Task Transcript_AsJson_FitsTheOfficialDescription(string format, string schema)
    {
        string json = await TranscribeAsync(Transcriptions, OtherSound, "standup.mp3", ("response_format", format), ("language", "de"));

        Assert.Empty(OpenApiDescription.Official.Validate(schema, json));
        Assert.StartsWith("Welcome to standup.", Parse(json).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(json, await TranscribeAsync(Transcriptions, OtherSound, "standup.mp3", ("response_format", format), ("language", "de")));
    }

    [Fact]
    public async Task Transcript_SegmentsAndWords_CoverTheSound()
    {
        JsonElement answer = Parse(await TranscribeAsync(
            Transcriptions, OtherSound, "a.mp3", ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")));

        double duration = answer.GetProperty("duration").GetDouble();
        foreach (string list in (string[])["segments", "words"])
        {
            JsonElement[] items = [.. answer.GetProperty(list).EnumerateArray()];
            Assert.Equal(0, items[0].GetProperty("start").GetDouble());
            Assert.InRange(items[^1].GetProperty("end").GetDouble(), duration * 0.9, duration);
            Assert.All(items, item => Assert.True(item.GetProperty("start").GetDouble() < item.GetProperty("end").GetDouble()));
        }

        Assert.Equal(4, answer.GetProperty("segments").GetArrayLength());
    }

    [Theory]
    [InlineData("text", "Welcome to a. We")]
    [InlineData("srt", "1\n00:00:00,000 --> 00:00:")]
    [InlineData("vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:")]
    public async Task Transcript_AsText_IsPlain(string format, string begin) =>
        Assert.StartsWith(begin, await TranscribeAsync(Transcriptions, OtherSound, "a.mp3", ("response_format", format)), StringComparison.Ordinal);

    [Theory]
    [InlineData("json", "logprobs")]
    [InlineData("json", null)]
    [InlineData("diarized_json", null)]
    public async Task Transcript_Events_FitTheOfficialDescription(string format, string? include)
    {
        string text = await TranscribeAsync(Transcriptions, OtherSound, "a.mp3", [("stream", "true"), ("response_format", format), .. include is null ? [] : ((string, string)[])[("include[]", include)]]);
        string[] events = [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(data => data["data: ".Length..])];

        Assert.All(events, data => Assert.Empty(OpenApiDescription.Official.Validate("CreateTranscriptionResponseStreamEvent", data)));
        Assert.Equal("transcript.text.done", Parse(events[^1]).GetProperty("type").GetString());
        Assert.Equal(format == "json", events.Any(data => data.Contains("transcript.text.delta", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("my-whisper", "json text srt verbose_json vtt")]
    [InlineData("my-transcribe", "json")]
    [InlineData("my-transcribe-diarize", "json text diarized_json")]
    [InlineData("other", "json text srt verbose_json vtt diarized_json")]
    public async Task Transcript_OfEachKindOfModel_HasItsFormats(string model, string formats)
    {
        foreach (string format in (string[])["json", "text", "srt", "verbose_json", "vtt", "diarized_json"])
        {
            using HttpResponseMessage response = await PostAsync(Transcriptions, OtherSound, "a.mp3", ("model", model), ("response_format", format));
            Assert.Equal(formats.Split(' ').Contains(format) ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(400, "a", 4, "Unrecognized")]
    [InlineData(400, "a.txt", 4, "Unrecognized")]
    [InlineData(400, "a.mp3", 0, "too short")]
    [InlineData(413, "a.mp3", (25 * 1024 * 1024) + 1, "26214400")]
    public async Task Transcript_FileThatCannotBe_IsRefused(int status, string name, int length, string words)
    {
        using HttpResponseMessage response = await PostAsync(Transcriptions, new byte[length], name, ("model", "m"));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_format", "morse")]
    [InlineData("temperature", "2")]
    [InlineData("timestamp_granularities[]", "word")]
    [InlineData("include[]", "poems")]
    [InlineData("known_speaker_names[]", "Ann")]
    public async Task Transcript_FieldThatCannotBe_IsRefused(string name, string value)
    {
        using HttpResponseMessage response = await PostAsync(Transcriptions, OtherSound, "a.mp3", ("model", "m"), (name, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Transcript_LongSoundWithSpeakers_NeedsCuts()
    {
        byte[] sound = new byte[400_000];
        using HttpResponseMessage response = await PostAsync(Transcriptions, sound, "a.mp3", ("model", "m"), ("response_format", "diarized_json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);

        JsonElement known = Parse(await TranscribeAsync(
            Transcriptions, sound, "a.mp3", ("response_format", "diarized_json"), ("chunking_strategy", "auto"), ("known_speaker_names[]", "Ann"), ("known_speaker_references[]", "data:audio/mpeg;base64,AAAA")));
        Assert.Equal("Ann", known.GetProperty("segments")[0].GetProperty("speaker").GetString());
    }

    [Fact]
    public async Task Translation_OfEachForm_IsEnglish()
    {
        JsonElement verbose = Parse(await TranscribeAsync(Translations, OtherSound, "a.mp3", ("response_format", "verbose_json")));

        Assert.Equal(("translate", "english"), (verbose.GetProperty("task").GetString(), verbose.GetProperty("language").GetString()));
        Assert.Empty(OpenApiDescription.Official.Validate("CreateTranslationResponseVerboseJson", verbose.GetRawText()));
        Assert.Empty(OpenApiDescription.Official.Validate("CreateTranslationResponseJson", await TranscribeAsync(Translations, OtherSound, "a.mp3")));
    }

    [Fact]
    public async Task Azure_OfADeployment_NeedsNoModel()
    {
        using HttpResponseMessage response = await PostAsync("/openai/deployments/ear/audio/transcriptions?api-version=2024-10-21", OtherSound, "a.mp3");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ear", Server.GetRequests()[0].Model);
    }

    private static byte[] OtherSound => [0xFF, 0xFB, 0x90, 0, .. new byte[40_000]];

    private static string Ask(string text, string more = "") => $$"""{"model":"sandbox-mini","voice":"any","input":{{JsonSerializer.Serialize(text)}}{{more}}}""";

    private async Task<(byte[] Sound, string? Type)> SpeakAsync(string text, string more = "")
    {
        using HttpResponseMessage response = await PostAsync(Speech, Ask(text, more));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> TranscribeAsync(string path, byte[] sound, string name, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage response = await PostAsync(path, sound, name, [("model", "m"), .. fields]);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] sound, string name, params (string Name, string Value)[] fields)
    {
        using MultipartFormDataContent form = [];
        foreach ((string field, string value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(sound), "file", name);
        return await Client.PostAsync(Address(path), form);
    }
}
