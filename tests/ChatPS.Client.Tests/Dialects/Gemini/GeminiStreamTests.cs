using System.Text;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects.Gemini;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using FsCheck;
using FsCheck.Fluent;

namespace ChatPS.Client.Tests.Dialects.Gemini;

public sealed class GeminiStreamTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public async Task Stream_Events_ComeAsTextThoughtsAndCalls()
    {
        using RawServer server = RawServer.Streaming(
            Event("""{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4},"modelVersion":"gemini-x","responseId":"r-1"}"""),
            Event("""{"candidates":[{"content":{"parts":[{"text":".","thought":true},{"text":"A"}],"role":"model"},"index":0}]}"""),
            Event("""{"candidates":[{"content":{"parts":[{"text":"B"}],"role":"model"},"index":0}]}"""),
            Event("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}],"role":"model"},"index":0}]}"""),
            Event("""{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":6,"thoughtsTokenCount":2,"totalTokenCount":12}}"""));
        using ServiceConnection connection = Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal([("", "Hm"), ("A", "."), ("B", null)], updates.SkipLast(1).Select(update => (update.Text, update.Reasoning)));
        Assert.Equal(("AB", "Hm.", "tool_calls", "gemini-x", "r-1"), (answer.Text, answer.Reasoning, answer.FinishReason, answer.Model, answer.Id));
        Assert.Equal(12, answer.Usage!.TotalTokens);
        Assert.Equal("""{"a":1}""", Assert.Single(answer.ToolCalls).Arguments);
        Assert.Equal("""[{"text":"Hm.","thought":true},{"text":"AB"},{"thoughtSignature":"c2ln","functionCall":{"name":"f","args":{"a":1}}}]""", answer.Message!.Raw);
        Assert.Equal(5, answer.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("POST /v1beta/models/gemini-x:streamGenerateContent?alt=sse HTTP", Assert.Single(server.Exchanges).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SeveralCandidates_EndWithTheLast()
    {
        string[] events = [Text("a", 0), Text("b", 1), Text("!", 0, "STOP"), Text("?", 1, "MAX_TOKENS")];

        Assert.Equal([("a!", "stop"), ("b?", "length")], (await ReadAsync(events))[^1].Completion!.Choices.Select(choice => (choice.Text, choice.FinishReason)));
        Assert.Equal(ErrorIds.StreamTruncated, (await Assert.ThrowsAsync<ChatServiceException>(() => ReadAsync(events[..3]))).ErrorId);
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", ErrorIds.ServerError)]
    [InlineData("""[{"error":{"code":429,"message":"Resource has been exhausted.","status":"RESOURCE_EXHAUSTED"}}]""", ErrorIds.RateLimited)]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"}}""", ErrorIds.ContentFiltered)]
    public async Task Stream_ErrorOrBlock_IsAFailure(string data, string id) =>
        Assert.Equal(id, (await Assert.ThrowsAsync<ChatServiceException>(() => ReadAsync([data]))).ErrorId);

    [Fact]
    public void Stream_CutAnywhere_IsTruncatedOrWhole() => Check.One(Quick, Prop.ForAll(
        Arb.From(
            from texts in Gen.Elements("a", " b", "你好", "😀", "\n", "\"").Several(1, 8)
            from at in Gen.Choose(0, 1000)
            select (texts, at)),
        sample =>
        {
            string text = string.Concat(sample.texts);
            byte[] all = Encoding.UTF8.GetBytes(string.Concat(sample.texts.Select((piece, place) => Event(Text(piece, 0, place == sample.texts.Count - 1 ? "STOP" : null)))));
            byte[] part = all[..(int)((long)all.Length * sample.at / 1000)];
            try
            {
                Assert.Equal(text, Read(part)[^1].Completion!.Text);
            }
            catch (ChatServiceException failure)
            {
                Assert.Contains(failure.ErrorId, new[] { ErrorIds.StreamTruncated, ErrorIds.BadResponse });
                Assert.StartsWith(failure.PartialText!, text, StringComparison.Ordinal);
            }
        }));

    private static string Event(string data) => Engine.Event(data);

    private static string Text(string text, int index, string? finish = null) =>
        $$"""{"candidates":[{"content":{"parts":[{"text":{{Engine.Json(text)}}}]},"index":{{index}}{{(finish is null ? "" : $",\"finishReason\":\"{finish}\"")}}}]}""";

    private static ServiceConnection Connect(RawServer server) => new(
        new ConnectionSettings { BaseUri = BaseAddress.OfHost(server.BaseUri, KnownDialects.Gemini).BaseUri, Dialect = KnownDialects.Gemini, Model = "gemini-x", MaxRetry = 0 }, TimeProvider.System, () => 0.5);

    private static async Task<List<ChatCompletionUpdate>> ReadAsync(IEnumerable<string> events)
    {
        using RawServer server = RawServer.Streaming([.. events.Select(Event)]);
        using ServiceConnection connection = Connect(server);
        return await connection.StreamAsync(Engine.Ask() with { N = 1 });
    }

    private static List<ChatCompletionUpdate> Read(byte[] bytes)
    {
        using CallContext call = new(new ConnectionSettings { Dialect = KnownDialects.Gemini }, CallSettings.None, TimeProvider.System, CancellationToken.None, CancellationToken.None);
        using EventReader events = new(new MemoryStream(bytes));
        return Engine.CollectAsync(StreamedAnswer.ReadAsync(events, GeminiJsonContext.Default, new GeminiAccumulator(Engine.Ask()), call)).GetAwaiter().GetResult();
    }
}
