using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Responses;

/// <summary>Streams whose last event leaves out what the events before it have told.</summary>
public sealed class OutputInPiecesTests
{
    private const string Call = """{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":""}""";

    public static TheoryData<string, string[], string, string> Streams => new()
    {
        { "deltas", [Delta("Hel"), Delta("lo")], "Hello", "" },
        { "deltas without a place", ["""{"type":"response.output_text.delta","delta":"Hel"}""", """{"type":"response.output_text.delta","delta":"lo"}"""], "Hello", "" },
        { "deltas and their end", [Delta("Hel"), Delta("lo"), """{"type":"response.output_text.done","output_index":0,"text":"Hello"}"""], "Hello", "" },
        { "the end alone", ["""{"type":"response.output_text.done","output_index":0,"text":"Hello"}"""], "Hello", "" },
        { "a whole item alone", ["""{"type":"response.output_item.done","output_index":0,"item":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}}"""], "Hello", "" },
        { "deltas and an item without text", [Delta("Hel"), Delta("lo"), """{"type":"response.output_item.done","output_index":0,"item":{"type":"message","role":"assistant","content":[]}}"""], "Hello", "" },
        { "two items", [Delta("Hel"), Delta("lo", 1)], "Hello", "" },
        { "text and a call", [Delta("Hello"), Begin(1, Call), Arguments("{\\\"x\\\":"), Arguments("1}")], "Hello", "c1 f({\"x\":1})" },
        { "a call and its end", [Begin(1, Call), Arguments("{\\\"x\\\":"), """{"type":"response.function_call_arguments.done","output_index":1,"arguments":"{\"x\":1}"}"""], "", "c1 f({\"x\":1})" },
        { "a whole call", ["""{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c1","name":"f","arguments":"{\"x\":1}"}}"""], "", "c1 f({\"x\":1})" },
        { "a custom call", [Begin(0, """{"type":"custom_tool_call","call_id":"c1","name":"f","input":""}"""), """{"type":"response.custom_tool_call_input.delta","output_index":0,"delta":"ls"}"""], "", "c1 f(ls)" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_OutputIsEmptyAtTheEnd_HoldsWhatWasTold(string kind, string[] events, string text, string call)
    {
        Assert.NotEmpty(kind);
        foreach (string output in new[] { "[]", "null", """[{"type":"message","role":"assistant","content":[]}]""" })
        {
            if (output.Length > 4 && text.Length == 0)
            {
                // Without text, what the response itself holds is what it holds.
                continue;
            }

            List<ChatCompletionUpdate> updates = await StreamAsync([.. events, $$"""{"type":"response.completed","response":{"id":"r","object":"response","status":"completed","output":{{output}} } }"""]);

            ChatCompletion answer = updates[^1].Completion!;
            Assert.Equal((text, call), (answer.Text, string.Join(';', answer.ToolCalls.Select(item => $"{item.Id} {item}"))));
            Assert.Equal(text, string.Concat(updates.Select(update => update.Text)));
            Assert.Equal(call.Length > 0 ? "tool_calls" : "stop", answer.FinishReason);
        }
    }

    [Fact]
    public async Task Stream_ReasoningAndRefusalInDeltasOnly_AreTold()
    {
        List<ChatCompletionUpdate> updates = await StreamAsync(
        [
            """{"type":"response.reasoning_summary_text.delta","output_index":0,"delta":"H"}""", """{"type":"response.reasoning_summary_text.delta","output_index":0,"delta":"m."}""",
            """{"type":"response.refusal.delta","output_index":1,"delta":"I cannot."}""", """{"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}""",
        ]);

        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal(("Hm.", "I cannot.", ""), (answer.Reasoning, answer.Refusal, answer.Text));
    }

    [Fact]
    public async Task Stream_OutputIsThereAtTheEnd_IsTakenAsItIs()
    {
        List<ChatCompletionUpdate> updates = await StreamAsync(
            [Delta("Hel"), """{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"reasoning_text","text":"Hm."},{"type":"output_text","text":"Hello"}]}]}}"""]);

        Assert.Equal(("Hello", "Hm."), (updates[^1].Completion!.Text, updates[^1].Completion!.Reasoning));
    }

    private static string Delta(string text, int place = 0) => $$"""{"type":"response.output_text.delta","output_index":{{place}},"delta":"{{text}}"}""";

    private static string Begin(int place, string item) => $$"""{"type":"response.output_item.added","output_index":{{place}},"item":{{item}}}""";

    private static string Arguments(string text) => $$"""{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{{text}}"}""";

    private static async Task<List<ChatCompletionUpdate>> StreamAsync(string[] events)
    {
        using RawServer server = RawServer.Streaming([.. events.Select(Engine.Event)]);
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Responses, BaseUri = server.BaseUri, Key = Engine.Secret(Engine.Key), Model = "m", MaxRetry = 0 });
        return await connection.StreamAsync();
    }
}
