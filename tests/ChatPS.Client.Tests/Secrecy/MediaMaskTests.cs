using System.Collections;
using System.Reflection;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Images;
using ChatPS.Client.Providers;
using ChatPS.Client.Rerank;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Client.Tests.Speech;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Tests.Secrecy;

/// <summary>A service that puts the key into every text of its answer does not bring it into any property of the objects that come of it, nor into what is added up.</summary>
public sealed class MediaMaskTests
{
    private const string Key = Engine.Key;

    [Theory]
    [InlineData("json")]
    [InlineData("srt")]
    [InlineData("text")]
    public async Task Transcript_KeyInEveryText_IsInNoProperty(string format)
    {
        string answer = format == "json"
            ? $$"""{"task":"{{Key}}","language":"{{Key}}","languages":[{"code":"{{Key}}"}],"duration":1,"text":"a {{Key}}","model":"{{Key}}","segments":[{"id":"{{Key}}","type":"{{Key}}","speaker":"{{Key}}","text":"{{Key}}","start":0,"end":1}],"words":[{"word":"{{Key}}","start":0,"end":1}],"logprobs":[{"token":"{{Key}}","logprob":-1}],"usage":{"type":"{{Key}}","seconds":1} }"""
            : $"{Key}\n00:00:00,000 --> 00:00:01,000\n{Key}\n";

        await AssertFreeAsync([answer], format == "json" ? "application/json" : "text/plain", async connection => await connection.TranscribeAsync(Sound(format)));
    }

    [Fact]
    public async Task TranscriptPieces_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [
            Engine.Event($$"""{"type":"transcript.text.segment","id":"{{Key}}","speaker":"{{Key}}","start":0,"end":1,"text":"{{Key}}"}"""),
            Engine.Event($$"""{"type":"transcript.text.delta","delta":"{{Key}}","segment_id":"{{Key}}","logprobs":[{"token":"{{Key}}","logprob":-1}]}"""),
            Engine.Event($$"""{"type":"transcript.text.done","text":"{{Key}}","languages":[{"code":"{{Key}}"}]}"""),
        ],
        "text/event-stream",
        async connection => await Engine.CollectAsync(new TranscriptService(connection, 1).StreamAsync((Sound("json") with { IsStream = true }).Complete(), CallSettings.None, RunPlan.None, CancellationToken.None)));

    [Theory]
    [InlineData(null, "OpenAI")]
    [InlineData("Ideogram", "OpenAI")]
    [InlineData("IdeogramV3", "OpenAI")]
    public async Task Image_KeyInEveryText_IsInNoProperty(string? form, string dialect)
    {
        string rest = $$""" "revised_prompt":"{{Key}}","prompt":"{{Key}}","resolution":"{{Key}}","style_type":"{{Key}}" """;

        await AssertFreeAsync(
            [$$"""{"created":"{{Key}}","model":"{{Key}}","background":"{{Key}}","output_format":"{{Key}}","quality":"{{Key}}","size":"{{Key}}","data":[{"url":"https://example.com/{{Key}}.png",{{rest}}},{"b64_json":"{{Pictures.Base64}}",{{rest}}}]}"""],
            "application/json",
            connection => MakeAsync(connection, form),
            dialect);
    }

    [Fact]
    public async Task ImagePieces_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [
            Engine.Event($$"""{"type":"image_generation.partial_image","b64_json":"{{Pictures.Base64}}","background":"{{Key}}","output_format":"{{Key}}","quality":"{{Key}}","size":"{{Key}}","partial_image_index":0}"""),
            Engine.Event($$"""{"type":"image_generation.completed","b64_json":"{{Pictures.Base64}}","background":"{{Key}}","output_format":"{{Key}}","quality":"{{Key}}","size":"{{Key}}"}"""),
        ],
        "text/event-stream",
        connection => MakeAsync(connection, form: null, isStream: true));

    [Fact]
    public async Task StabilityImage_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [$$"""{"image":"{{Pictures.Base64}}","finish_reason":"{{Key}}","seed":"{{Key}}","model":"{{Key}}"}"""], "application/json", connection => MakeAsync(connection, "Stability"));

    [Fact]
    public async Task GeminiImage_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [$$"""{"responseId":"{{Key}}","modelVersion":"{{Key}}","candidates":[{"content":{"role":"{{Key}}","parts":[{"text":"{{Key}}"},{"inlineData":{"mimeType":"image/{{Key}}","data":"{{Pictures.Base64}}"} }]},"finishReason":"{{Key}}"}] }"""],
        "application/json",
        connection => MakeAsync(connection, form: null),
        "Gemini");

    [Fact]
    public async Task ResponsesImage_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [$$"""{"id":"{{Key}}","model":"{{Key}}","status":"completed","output":[{"type":"image_generation_call","id":"{{Key}}","status":"{{Key}}","result":"{{Pictures.Base64}}","revised_prompt":"{{Key}}","output_format":"{{Key}}","size":"{{Key}}","quality":"{{Key}}","background":"{{Key}}"}]}"""],
        "application/json",
        connection => MakeAsync(connection, "Responses"),
        "Responses");

    [Fact]
    public async Task RerankResult_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [$$"""{"id":"{{Key}}","model":"{{Key}}","results":[{"index":0,"relevance_score":1,"document":{"text":"{{Key}}"} }]}"""],
        "application/json",
        async connection => await new RerankService(connection).RankAsync("q", [("a", null, 0)], "m", null, null, CallSettings.None, CancellationToken.None));

    [Fact]
    public async Task Speech_KeyInEveryText_IsInNoProperty()
    {
        using RawServer server = RawServer.Start(Sounds.Bytes([0, 0, 0, 24, .. "ftypM4A "u8, 0, 0, 0, 0], $"audio/x-{Key}"));
        using ServiceConnection connection = Engine.Connect(server);

        AssertFree(await connection.SpeakAsync(Sounds.Say("hi")));
    }

    [Fact]
    public async Task Embedding_KeyInEveryText_IsInNoProperty() => await AssertFreeAsync(
        [$$"""{"object":"{{Key}}","model":"{{Key}}","data":[{"object":"{{Key}}","index":0,"embedding":[1,2]}],"usage":{"prompt_tokens":1,"total_tokens":1} }"""],
        "application/json",
        async connection => await new EmbeddingRun([connection], new EmbeddingRequest { Model = "m" }, checkpoint: null, budget: null).EmbedAsync([new EmbeddingItem("a", null, 0)], CallSettings.None, CancellationToken.None));

    private static TranscriptRequest Sound(string format) => new() { Sound = SoundFile.Open(Sounds.Mp3, "-Path"), Model = "m", Format = format };

    private static async Task<object> MakeAsync(ServiceConnection connection, string? form, bool isStream = false) => await Engine.CollectAsync(connection.Images.MakeAsync(
        new ImageRequest { Prompt = "a cat", Model = "m", Form = form, Stream = isStream, PartialImage = isStream ? 1 : null }, new ImageRun(), CallSettings.None, CancellationToken.None));

    private static async Task AssertFreeAsync(string[] answer, string type, Func<ServiceConnection, Task<object>> ask, string dialect = "OpenAI")
    {
        using RawServer server = type == "text/event-stream" ? RawServer.Streaming(answer) : RawServer.Answering(200, answer[0], type, $"x-request-id: {Key}");
        UsageLedger ledger = new();
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.Find(dialect, ""), BaseUri = server.BaseUri, Key = Engine.Secret(Key), MaxRetry = 0 }, ledger);

        AssertFree(await ask(connection).WaitAsync(Engine.Patience));
        AssertFree(Assert.Single(ledger.Read((_, _) => true)));
    }

    private static void AssertFree(object result)
    {
        (string Property, string Text)[] texts = [.. Texts(result, "result")];
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => text.Text.Contains(Key, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Property, string Text)> Texts(object? value, string name) => value switch
    {
        null or byte[] or float[] => [],
        string text => [(name, text)],
        IEnumerable many => many.Cast<object?>().SelectMany(one => Texts(one, name)),
        _ when value.GetType().Assembly == typeof(ChatImage).Assembly => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Texts(property.GetValue(value), $"{name}.{property.Name}")),
        Exception failure => throw new InvalidOperationException("It failed.", failure),
        _ => [],
    };
}
