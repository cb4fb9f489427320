using ChatPS.Client.Calls;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>What moderation on the way has found, beside an answer that came whole or in pieces.</summary>
public sealed class ModerationMapperTests
{
    private const string Found =
        """ "moderation":{"input":{"type":"moderation_results","model":"m","results":[{"flagged":false,"categories":{"hate":false},"category_scores":{"hate":0.01}}]},"output":{"type":"moderation_results","model":"m","results":[{"flagged":true,"categories":{"hate":true}}]}}""";

    [Fact]
    public async Task Answer_ThatWasModerated_TellsWhatWasFound()
    {
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, $$"""{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],{{Found}}}"""),
            RawServer.Answer(200, Engine.Event(Engine.Chunk("""{"content":"Hi"}""", "stop")) + Engine.Event($$"""{"id":"c","model":"m","choices":[],{{Found}}}""") + Engine.Event("[DONE]"), "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion[] answers = [await connection.CompleteAsync(), (await connection.StreamAsync())[^1].Completion!];

        Assert.All(answers, answer => Assert.Equal(
            [("prompt", "hate", "0.01", false), ("answer", "hate", null, true)],
            answer.ContentFilters.Select(filter => (filter.Source, filter.Category, filter.Severity, filter.Detected))));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"none\"")]
    [InlineData("""{"input":7,"output":{"results":[]}}""")]
    [InlineData("""{"input":{"categories":[]},"output":{"categories":{}}}""")]
    public async Task Answer_WithAnotherForm_TellsNothing(string moderation)
    {
        using RawServer server = RawServer.Answering(200, $$"""{"id":"c","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}],"moderation":{{moderation}}}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal(("Hi", 0), (answer.Text, answer.ContentFilters.Length));
    }
}
