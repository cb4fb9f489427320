using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>One answer that a gateway has spread over several choices, and answers that are several.</summary>
public sealed class SpreadChoicesTests
{
    private const string CallF = """{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}""";
    private const string CallG = """{"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}""";

    public static TheoryData<string, string[], string, string> OneAnswer => new()
    {
        { "text and a call", ["""{"content":"I will look."}""", $$"""{"tool_calls":[{{CallF}}]}"""], "I will look.", "f" },
        { "a call and text", [$$"""{"tool_calls":[{{CallF}}]}""", """{"content":"I will look."}"""], "I will look.", "f" },
        { "text and two calls", ["""{"content":"I will look."}""", $$"""{"tool_calls":[{{CallF}}]}""", $$"""{"tool_calls":[{{CallG}}]}"""], "I will look.", "f,g" },
        { "a call each", [$$"""{"content":"I will look.","tool_calls":[{{CallF}}]}""", $$"""{"tool_calls":[{{CallG}}]}"""], "I will look.", "f,g" },
        { "reasoning and text", ["""{"reasoning_content":"Hm."}""", """{"content":"Hi"}"""], "Hi", "" },
    };

    [Theory]
    [MemberData(nameof(OneAnswer))]
    public async Task Answer_SpreadOverChoices_IsOne(string kind, string[] messages, string text, string calls)
    {
        Assert.NotEmpty(kind);
        foreach (ChatCompletion answer in await BothAsync(messages, n: null))
        {
            Assert.Equal(0, Assert.Single(answer.Choices).Index);
            Assert.Equal((text, calls), (answer.Text, string.Join(',', answer.ToolCalls.Select(call => call.Name))));
            Assert.Equal(kind.StartsWith("reasoning", StringComparison.Ordinal) ? "Hm." : null, answer.Reasoning);
            Assert.Equal(calls.Length > 0 ? "tool_calls" : "stop", answer.FinishReason);
        }
    }

    [Fact]
    public async Task Answers_TwoTexts_AreTwo()
    {
        foreach (ChatCompletion answer in await BothAsync(["""{"content":"a"}""", $$"""{"content":"b","tool_calls":[{{CallF}}]}"""], n: null))
        {
            Assert.Equal(["a", "b"], answer.Choices.Select(choice => choice.Text));
        }
    }

    [Fact]
    public async Task Answers_TwoWereAskedFor_AreTwo()
    {
        foreach (ChatCompletion answer in await BothAsync(["""{"content":"a"}""", $$"""{"tool_calls":[{{CallF}}]}"""], n: 2))
        {
            Assert.Equal(2, answer.Choices.Length);
        }
    }

    // Whole, where choices have no numbers, and as a stream, where they must.
    private static async Task<ChatCompletion[]> BothAsync(string[] messages, int? n)
    {
        string Finish(string message) => message.Contains("tool_calls", StringComparison.Ordinal) ? "tool_calls" : "stop";
        string whole = $$"""{"choices":[{{string.Join(',', messages.Select(message => $$"""{"message":{{message}},"finish_reason":"{{Finish(message)}}"}"""))}}]}""";
        string stream = string.Concat(messages.Select((message, i) => Engine.Event(Engine.Chunk(message, Finish(message), i)))) + Engine.Event("[DONE]");
        using RawServer server = RawServer.Start(RawServer.Answer(200, whole), RawServer.Answer(200, stream, "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);
        ChatCompletion first = await connection.Chat.CompleteAsync(Engine.Ask() with { N = n }, CallSettings.None, CancellationToken.None).WaitAsync(Engine.Patience);
        return [first, (await connection.StreamAsync(Engine.Ask() with { N = n }))[^1].Completion!];
    }
}
