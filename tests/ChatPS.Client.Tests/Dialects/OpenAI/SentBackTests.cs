using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Sessions;
using ChatPS.Client.Tools;

namespace ChatPS.Client.Tests.Dialects.OpenAI;

/// <summary>What a service wants back with its message: the same whether it came whole or in pieces, was kept in a session or in a checkpoint.</summary>
public sealed class SentBackTests
{
    private const string Call = """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}""";
    private const string SignedCall = """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"sig"}}}""";
    private const string Details = """[{"type":"reasoning.text","text":"look up","signature":"sig","id":null,"format":"a","index":0},{"type":"reasoning.encrypted","data":"opaque","id":"rs_1","index":1},{"type":"reasoning.encrypted","data":"more","id":"rs_2","index":1},{"type":"reasoning.server_tool_call","x":1}]""";

    // The message as it comes whole, the same in pieces, and the members of it that go back, in the order of their names.
    public static TheoryData<string, string, string[], string> Messages => new()
    {
        { "reasoning_content", $$"""{"content":"","reasoning_content":"I must look.","tool_calls":[{{Call}}]}""", ["""{"reasoning_content":"I must "}""", """{"reasoning_content":"look."}""", $$"""{"tool_calls":[{{Call}}]}"""], """{"reasoning_content":"I must look."}""" },
        { "an empty reasoning_content", $$"""{"reasoning_content":"","tool_calls":[{{Call}}]}""", ["""{"reasoning_content":""}""", $$"""{"tool_calls":[{{Call}}]}"""], """{"reasoning_content":""}""" },
        { "no reasoning_content", $$"""{"reasoning_content":null,"tool_calls":[{{Call}}]}""", ["""{"reasoning_content":null}""", $$"""{"tool_calls":[{{Call}}]}"""], "{}" },
        { "reasoning", $$"""{"reasoning":"Hm.","tool_calls":[{{Call}}]}""", ["""{"reasoning":"H"}""", """{"reasoning":"m."}""", $$"""{"tool_calls":[{{Call}}]}"""], """{"reasoning":"Hm."}""" },
        { "reasoning beside an empty text", $$"""{"reasoning_content":"","reasoning":"Hm.","tool_calls":[{{Call}}]}""", ["""{"reasoning_content":"","reasoning":"Hm."}""", $$"""{"tool_calls":[{{Call}}]}"""], """{"reasoning":"Hm."}""" },
        { "both names, one text", $$"""{"reasoning_content":"Hm.","reasoning":"Hm.","tool_calls":[{{Call}}]}""", ["""{"reasoning_content":"Hm.","reasoning":"Hm."}""", $$"""{"tool_calls":[{{Call}}]}"""], """{"reasoning_content":"Hm."}""" },
        { "details", $$"""{"reasoning":"look up","reasoning_details":{{Details}},"tool_calls":[{{Call}}]}""",
            ["""{"reasoning":"look","reasoning_details":[{"type":"reasoning.text","text":"look","id":null,"format":"a","index":0}]}""",
             """{"reasoning":" up","reasoning_details":[{"type":"reasoning.text","text":" up","index":0}]}""",
             """{"reasoning_details":[{"type":"reasoning.text","signature":"sig","index":0},{"type":"reasoning.encrypted","data":"opaque","id":"rs_1","index":1}]}""",
             """{"reasoning_details":[{"type":"reasoning.encrypted","data":"more","id":"rs_2","index":1},{"type":"reasoning.server_tool_call","x":1}]}""",
             $$"""{"tool_calls":[{{Call}}]}"""],
            $$"""{"reasoning_details":{{Details}} }""" },
        { "the signature of a call", $$"""{"tool_calls":[{{SignedCall}}]}""", [$$"""{"tool_calls":[{{SignedCall}}]}"""], """{"calls":{"google":{"thought_signature":"sig"}}}""" },
        { "the signature of the message", $$$"""{"content":"x","extra_content":{"google":{"a":1,"thought_signature":"sig"}},"tool_calls":[{{{Call}}}]}""",
            ["""{"content":"x","extra_content":{"google":{"a":1}}}""", $$$"""{"extra_content":{"google":{"thought_signature":"sig"}},"tool_calls":[{{{Call}}}]}"""], """{"extra_content":{"google":{"a":1,"thought_signature":"sig"}}}""" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task ToolRound_WhatTheServiceWantsBack_GoesBack(string kind, string whole, string[] pieces, string expected)
    {
        Assert.NotEmpty(kind);
        (RawServer server, ServiceConnection connection) = Start([Whole(whole), Engine.Answer("done")]);
        using (server)
        using (connection)
        {
            await Loop(connection).CompleteAsync(Engine.Ask(), CallSettings.None, RunPlan.None, CancellationToken.None).WaitAsync(Engine.Patience);
            AssertSentBack(expected, server.Exchanges[1].Body);
        }

        (server, connection) = Start([string.Concat(pieces.Select(piece => Engine.Event(Engine.Chunk(piece)))) + Engine.Event(Engine.Chunk("{}", "tool_calls")) + Engine.Event("[DONE]"), Engine.Event(Engine.Text("done", "stop"))]);
        using (server)
        using (connection)
        {
            await Engine.CollectAsync(Loop(connection).StreamAsync(Engine.Ask(), CallSettings.None, RunPlan.None, CancellationToken.None)).WaitAsync(Engine.Patience);
            AssertSentBack(expected, server.Exchanges[1].Body);
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Session_SavedAndReadAgain_SendsTheSame(string kind, string whole, string[] pieces, string expected)
    {
        Assert.NotEmpty(kind + pieces.Length);
        (RawServer server, ServiceConnection connection) = Start([Whole(whole), Engine.Answer("done"), Engine.Answer("more")]);
        using (server)
        using (connection)
        {
            ChatCompletion answer = await Loop(connection).CompleteAsync(Engine.Ask(), CallSettings.None, RunPlan.None, CancellationToken.None).WaitAsync(Engine.Patience);
            string path = Path.GetTempFileName();
            SessionFile.Write(path, new ChatSession { Messages = [.. answer.Messages] });
            ChatSession session = SessionFile.Read(path);
            File.Delete(path);

            await connection.Chat.CompleteAsync(new ChatRequest { Messages = [.. session.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

            AssertSentBack(expected, server.Exchanges[2].Body);
        }
    }

    [Fact]
    public async Task Checkpoint_TranscriptReadAgain_HoldsWhatGoesBack()
    {
        using CheckpointFolder folder = new();
        (RawServer server, ServiceConnection connection) = Start([Whole($$"""{"reasoning_content":"Hm.","tool_calls":[{{SignedCall}}]}"""), Engine.Answer("done")]);
        using (server)
        using (connection)
        {
            ChatCompletion[] answers = new ChatCompletion[2];
            for (int i = 0; i < answers.Length; i++)
            {
                using Checkpoint checkpoint = folder.Open();
                answers[i] = await Loop(connection).CompleteAsync(Engine.Ask(), CallSettings.None, new RunPlan { Checkpoint = checkpoint }, CancellationToken.None).WaitAsync(Engine.Patience);
            }

            Assert.Equal(2, server.Exchanges.Count);
            Assert.NotNull(answers[0].Messages[1].Raw);
            Assert.Equal((answers[0].Messages[1].Raw, answers[0].Messages[1].RawDialect), (answers[1].Messages[1].Raw, answers[1].Messages[1].RawDialect));
        }
    }

    [Fact]
    public async Task Conversation_AnswerWithoutCalls_GoesBackWithoutItsReasoning()
    {
        (RawServer server, ServiceConnection connection) = Start([Whole("""{"content":"Hi","reasoning_content":"Hm.","reasoning":"Hm."}"""), Engine.Answer("more")]);
        using (server)
        using (connection)
        {
            ChatCompletion answer = await connection.CompleteAsync();
            await connection.Chat.CompleteAsync(new ChatRequest { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

            Assert.Equal("Hm.", answer.Reasoning);
            AssertSentBack("{}", server.Exchanges[1].Body);
        }
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", false)]
    [InlineData("https://name.openai.azure.com/openai/v1", false)]
    [InlineData("https://api.deepseek.com", true)]
    public void Request_ToOpenAIItself_HasNothingThatItDoesNotKnow(string address, bool expected)
    {
        ChatMessage message = new() { Role = "assistant", ToolCalls = [new ChatToolCall { Id = "c1", Name = "f", Arguments = "{}" }] };
        message.Raw = """{"reasoning_content":"Hm.","tool_calls":[{"extra_content":{"google":{}}}]}""";
        message.RawDialect = "OpenAI";
        ChatRequest request = new() { Messages = [new ChatMessage("user", "?"), message, new ChatMessage("tool", "x") { ToolCallId = "c1" }] };
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = new Uri(address), Model = "m" };

        string json = System.Text.Encoding.UTF8.GetString(KnownDialects.OpenAI.Chat.ToJson(request, settings, CallSettings.None));

        Assert.Equal(expected, json.Contains("reasoning_content", StringComparison.Ordinal));
        Assert.Equal(expected, json.Contains("extra_content", StringComparison.Ordinal));
        Assert.Contains("\"c1\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_RawIsNoJson_IsRefusedByName()
    {
        ChatMessage message = new("assistant", "x") { RawDialect = "OpenAI" };
        message.Raw = "{";
        ConnectionSettings settings = new() { Dialect = KnownDialects.OpenAI, BaseUri = new Uri("https://api.example.com/v1"), Model = "m" };

        ChatServiceException failure = Engine.AssertInvalid(() => KnownDialects.OpenAI.Chat.ToJson(new ChatRequest { Messages = [message] }, settings, CallSettings.None));

        Assert.Contains("Raw", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Hi"}]}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}]}""")]
    [InlineData("""{"content":[{"type":"reasoning","text":"Hm."},{"type":"text","text":"Hi"}]}""")]
    [InlineData("""{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},{"type":"text","text":"Hi"}],"reasoning":""}""")]
    [InlineData("""{"content":"Hi","reasoning_content":"","reasoning":"Hm."}""")]
    [InlineData("""{"content":"Hi","reasoning_content":"Hm.","reasoning":""}""")]
    [InlineData("""{"content":"Hi","reasoning_content":[{"type":"text","text":"Hm."}]}""")]
    public async Task Answer_ReasoningInAnyPlace_IsReasoningAndNoText(string message)
    {
        using RawServer server = RawServer.Start(RawServer.Answer(200, Whole(message)), RawServer.Answer(200, Engine.Event(Engine.Chunk(message, "stop")), "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion whole = await connection.CompleteAsync();
        ChatCompletion streamed = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(("Hi", "Hm."), (whole.Text, whole.Reasoning));
        Assert.Equal(("Hi", "Hm."), (streamed.Text, streamed.Reasoning));
    }

    private static (RawServer Server, ServiceConnection Connection) Start(string[] answers)
    {
        RawServer server = RawServer.Start([.. answers.Select(answer => RawServer.Answer(200, answer, answer.StartsWith("data", StringComparison.Ordinal) ? "text/event-stream" : "application/json"))]);
        return (server, Engine.Connect(server));
    }

    private static string Whole(string message) => $$"""{"id":"c1","model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"stop"}]}""";

    private static ToolLoop Loop(ServiceConnection connection) => new(connection.Chat, new ToolLimits(5, 5), _ => false, (call, _) =>
    {
        call.Output = "noon";
        return Task.CompletedTask;
    });

    private static void AssertSentBack(string expected, string body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        JsonElement message = request.RootElement.GetProperty("messages").EnumerateArray().First(item => item.GetProperty("role").GetString() == "assistant");
        SortedDictionary<string, JsonElement> sent = new(StringComparer.Ordinal);
        foreach (string name in new[] { "reasoning_content", "reasoning", "reasoning_details", "extra_content" })
        {
            if (message.TryGetProperty(name, out JsonElement value))
            {
                sent[name] = value;
            }
        }

        if (message.TryGetProperty("tool_calls", out JsonElement calls) && calls[0].TryGetProperty("extra_content", out JsonElement extra))
        {
            sent["calls"] = extra;
        }

        using JsonDocument wanted = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, JsonSerializer.SerializeToElement(sent)), $"{JsonSerializer.Serialize(sent)} instead of {expected}");
    }
}
