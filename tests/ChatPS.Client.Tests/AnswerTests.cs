using System.Text.Json;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Text;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests;

/// <summary>What users see of an answer.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task Chat_WholeAnswer_KeepsEverything()
    {
        const string Json = """
            {"id":"c1","object":"chat.completion","created":1700000000,"model":"m-2","service_tier":"flex","system_fingerprint":"fp_1","x_vendor":{"a":[1]},
             "choices":[
              {"index":1,"message":{"role":"assistant","content":"B"},"finish_reason":"length"},
              {"index":0,"message":{"role":"assistant","content":"A","refusal":"no","reasoning_content":"because","annotations":[],
                "tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"t2","type":"custom","custom":{"name":"c","input":"in"}}]},
               "logprobs":{"content":[{"token":"A","logprob":-0.5,"bytes":[65],"top_logprobs":[{"token":"A","logprob":-0.5},{"token":"B","logprob":-1.5}]}]},
               "finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":31,
              "prompt_tokens_details":{"cached_tokens":3,"audio_tokens":4,"cache_write_tokens":5},
              "completion_tokens_details":{"reasoning_tokens":6,"audio_tokens":7,"accepted_prediction_tokens":8,"rejected_prediction_tokens":9}}}
            """;
        using RawServer server = RawServer.Answering(200, Json, "application/json", "x-request-id: req-7");
        using ServiceConnection connection = Engine.Connect(server);
        object input = new();

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask("hi") with { Input = input }, CallSettings.None, CancellationToken.None);

        Assert.Equal("A", answer.Text);
        Assert.Equal("A", answer.ToString());
        Assert.Equal("tool_calls", answer.FinishReason);
        Assert.Equal(["A", "B"], answer.Choices.Select(choice => choice.Text));
        Assert.Equal([0, 1], answer.Choices.Select(choice => choice.Index));
        Assert.Equal("length", answer.Choices[1].FinishReason);
        Assert.Equal("because", answer.Reasoning);
        Assert.Equal("no", answer.Refusal);
        Assert.Equal(["""f({"a":1})""", "c(in)"], answer.ToolCalls.Select(call => call.ToString()));
        Assert.Equal(["function", "custom"], answer.ToolCalls.Select(call => call.Type));
        Assert.Equal(["user", "assistant"], answer.Messages.Select(message => message.Role));
        Assert.Equal(new[] { 10, 20, 31, 3, 5, 6, 4, 7, 8, 9 }, Numbers(answer.Usage!));
        Assert.Equal(("m-2", "c1", "flex", "fp_1", "Default", "req-7"), (answer.Model, answer.Id, answer.ServiceTier, answer.SystemFingerprint, answer.Connection, answer.RequestId));
        Assert.Equal(new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero), answer.Created);
        Assert.True(answer.Elapsed > TimeSpan.Zero);
        Assert.Same(input, answer.Input);
        Assert.Equal(Json, answer.Raw);
        ChatTokenLogProb token = Assert.Single(answer.Choices[0].LogProbs);
        Assert.Equal(("A", -0.5), (token.Token, token.LogProb));
        Assert.Equal(["A", "B"], token.Top.Select(other => other.Token));
    }

    [Theory]
    [InlineData("1700000000", 1700000000L)]
    [InlineData("1700000000000", 1700000000L)]
    [InlineData("\"1700000000\"", 1700000000L)]
    [InlineData("1700000000.9", 1700000000L)]
    [InlineData("\"2023-11-14T22:13:20Z\"", 1700000000L)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("null", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("9223372036854775807", null)]
    public async Task Chat_CreatedInAnyForm_IsUtcOrNull(string created, long? expected)
    {
        ChatCompletion answer = await AnswerAsync($$$"""{"created":{{{created}}},"choices":[{"message":{"content":"x"}}]}""");

        Assert.Equal(expected is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null, answer.Created);
    }

    [Fact]
    public async Task Chat_BareMinimum_IsAnAnswer()
    {
        ChatCompletion answer = await AnswerAsync("""{"choices":[{"message":{"content":"x"}},{"message":null}]}""");

        Assert.Equal(["x", ""], answer.Choices.Select(choice => choice.Text));
        Assert.All(answer.Choices, choice => Assert.Equal("assistant", choice.Message.Role));
        Assert.Null(answer.Usage);
        Assert.Null(answer.FinishReason);
        Assert.Empty(answer.ToolCalls);
    }

    [Fact]
    public async Task Chat_UsageWithoutTotal_IsSummedUp() =>
        Assert.Equal(5, (await AnswerAsync(Engine.Answer("x", ""","usage":{"prompt_tokens":2,"completion_tokens":3}"""))).Usage!.TotalTokens);

    [Fact]
    public async Task Chat_OldFunctionCall_IsAToolCall()
    {
        ChatCompletion answer = await AnswerAsync("""{"choices":[{"message":{"content":null,"function_call":{"name":"f","arguments":"{}"}},"finish_reason":"function_call"}]}""");

        Assert.Equal("f({})", Assert.Single(answer.ToolCalls).ToString());
    }

    [Fact]
    public async Task Chat_AudioAnswer_HasItsTranscriptAndId()
    {
        ChatCompletion answer = await AnswerAsync("""{"choices":[{"message":{"role":"assistant","content":null,"audio":{"id":"a1","data":"AAAA","expires_at":1,"transcript":"spoken"}}}]}""");

        Assert.Equal("spoken", answer.Text);
        Assert.Equal("a1", answer.Message!.AudioId);
    }

    [Theory]
    [InlineData("""{"id":"c1","choices":[]}""")]
    [InlineData("""{"id":"c1"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    public async Task Chat_AnswerWithoutChoices_IsABadResponseWithItsBody(string json)
    {
        using RawServer server = RawServer.Answering(200, json);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Equal(json, failure.ResponseBody);
    }

    [Fact]
    public async Task Text_WholeAnswer_KeepsItsTokens()
    {
        using RawServer server = RawServer.Answering(200, """
            {"id":"t1","created":1700000000,"model":"m","system_fingerprint":"fp","choices":[{"index":0,"text":"ab","finish_reason":"stop",
            "logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1],"top_logprobs":[null,{"c":-3,"b":-1}],"text_offset":[0,1]}}],
            "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}
            """);
        using ServiceConnection connection = Engine.Connect(server);

        ChatTextCompletion answer = await connection.Text.CompleteAsync(new TextRequest { Prompt = "x", Input = "in" }, CallSettings.None, CancellationToken.None);

        Assert.Equal(("ab", "stop", "t1", "fp", "in"), (answer.Text, answer.FinishReason, answer.Id, answer.SystemFingerprint, answer.Input));
        Assert.Equal(3, answer.Usage!.TotalTokens);
        Assert.Equal([("a", null, 0, ""), ("b", -1, 1, "b,c")], answer.Choices[0].LogProbs.Select(token => (token.Token, token.LogProb, token.Offset, string.Join(',', token.Top))));
    }

    [Fact]
    public async Task Models_ListOfAnyForm_IsRead()
    {
        string[] forms =
        [
            """{"object":"list","data":[{"id":"a","created":1700000000,"owned_by":"o","x":1},null,{"id":"b"}]}""",
            """[{"id":"a","created":1700000000,"owned_by":"o","x":1},{"id":"b"}]""",
        ];
        foreach (string form in forms)
        {
            using RawServer server = RawServer.Answering(200, form);
            using ServiceConnection connection = Engine.Connect(server);

            IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);

            Assert.Equal(["a", "b"], models.Select(model => model.ToString()));
            Assert.Equal(("o", DateTimeOffset.FromUnixTimeSeconds(1700000000), "Default"), (models[0].OwnedBy, models[0].Created, models[0].Connection));
            Assert.Contains("\"x\":1", models[0].Raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Models_AnswerThatIsNone_IsABadResponse()
    {
        using RawServer server = RawServer.Answering(200, """{"object":"list"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException list = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Models.ListAsync(CallSettings.None, CancellationToken.None));
        ChatServiceException one = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Models.GetAsync("a", CallSettings.None, CancellationToken.None));

        Assert.Equal((ErrorIds.BadResponse, ErrorIds.BadResponse), (list.ErrorId, one.ErrorId));
    }

    [Fact]
    public async Task Moderation_Texts_KeepTheirOrderCategoriesAndInputs()
    {
        using RawServer server = RawServer.Answering(200, """
            {"id":"mod-1","model":"omni","results":[
             {"flagged":true,"categories":{"violence":true,"hate":false,"harassment/threatening":true},"category_scores":{"violence":0.9,"hate":null},"category_applied_input_types":{"violence":["text"]}},
             {"categories":{"hate":null},"category_scores":{}}]}
            """);
        using ServiceConnection connection = Engine.Connect(server);

        IReadOnlyList<ChatModeration> results = await connection.Moderations.ModerateAsync(
            [new ModerationItem { Text = "a", Input = 1 }, new ModerationItem { Text = "b", Input = 2 }], null, CallSettings.None, CancellationToken.None);

        Assert.Equal([true, false], results.Select(result => result.Flagged));
        Assert.Equal(["violence", "harassment/threatening"], results[0].Categories);
        Assert.Equal(0.9, results[0].Scores["violence"]);
        Assert.Equal(["text"], results[0].AppliedInputTypes["violence"]);
        Assert.Equal([1, 2], results.Select(result => (int)result.Input!));
        Assert.Equal(("mod-1", "omni"), (results[1].Id, results[1].Model));
        Assert.Equal("""{"categories":{"hate":null},"category_scores":{}}""", results[1].Raw);
        Assert.Equal("ok", results[1].ToString());
    }

    [Fact]
    public async Task Moderation_FormOfChatGptsWebService_IsRead()
    {
        using RawServer server = RawServer.Answering(200, """{"flagged":true,"blocked":false,"moderation_id":"modr-9"}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatModeration result = (await connection.Moderations.ModerateAsync([new ModerationItem { Text = "a" }], null, CallSettings.None, CancellationToken.None))[0];

        Assert.Equal((true, false, "modr-9"), (result.Flagged, result.Blocked, result.ModerationId));
    }

    [Theory]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":[{"flagged":false}]}""")]
    [InlineData("""{"results":[{"flagged":false},{"flagged":false},{"flagged":false}]}""")]
    [InlineData("""{"flagged":false}""")]
    [InlineData("{}")]
    public async Task Moderation_ResultsThatDoNotFitTheInputs_AreABadResponse(string json)
    {
        using RawServer server = RawServer.Answering(200, json);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Moderations.ModerateAsync(
            [new ModerationItem { Text = "a" }, new ModerationItem { Text = "b" }], null, CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.BadResponse, failure.ErrorId);
        Assert.Contains("for 2 inputs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_EveryService_Answers()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key });
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion chat = await connection.Chat.CompleteAsync(Engine.Ask("你好 😀") with { N = 3 }, CallSettings.None, CancellationToken.None);
        ChatTextCompletion text = await connection.Text.CompleteAsync(new TextRequest { Prompt = "hello", Model = "sandbox-instruct", LogProbs = 2 }, CallSettings.None, CancellationToken.None);
        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);
        ChatModeration moderation = await connection.Moderations.ModerateAsync(new ModerationItem { Parts = [ChatContent.FromText("a kind word")] }, null, CallSettings.None, CancellationToken.None);

        Assert.Equal(3, chat.Choices.Length);
        Assert.Contains("你好 😀", chat.Text, StringComparison.Ordinal);
        Assert.NotEmpty(text.Choices[0].LogProbs);
        Assert.Contains(models, model => model.Id == "sandbox-mini");
        Assert.False(moderation.Flagged);
        Assert.Equal(4, server.RequestCount);
    }

    [Fact]
    public async Task Probe_ServerThatWorks_SaysSo()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        ChatConnectionTest result = await ConnectionProbe.RunAsync(connection, CallSettings.None, CancellationToken.None);

        Assert.True(result.Success);
        Assert.Equal(server.Options.Models.Count, result.ModelCount);
        Assert.True(result.Latency > TimeSpan.Zero);
        Assert.NotNull(result.RequestId);
    }

    [Fact]
    public async Task Probe_WrongKey_IsReachableButNotAuthenticated()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { RequiredKey = "sk-test-another-key" });
        using ServiceConnection connection = Engine.Connect(server);

        ChatConnectionTest result = await ConnectionProbe.RunAsync(connection, CallSettings.None, CancellationToken.None);

        Assert.Equal((true, false, false, ErrorIds.AuthenticationFailed), (result.Reachable, result.Authenticated, result.Success, result.ErrorId));
    }

    [Fact]
    public async Task Probe_NobodyThere_IsNotReachable()
    {
        Uri address;
        using (SandboxServer server = SandboxServer.Start())
        {
            address = server.BaseUri;
        }

        using ServiceConnection connection = Engine.Connect(address);

        ChatConnectionTest result = await ConnectionProbe.RunAsync(connection, CallSettings.None, CancellationToken.None);

        Assert.Equal((false, null, false, ErrorIds.ConnectionFailed), (result.Reachable, result.Authenticated, result.Success, result.ErrorId));
    }

    private static int[] Numbers(ChatUsage usage) =>
    [
        usage.InputTokens, usage.OutputTokens, usage.TotalTokens, usage.CachedTokens, usage.CacheWriteTokens, usage.ReasoningTokens,
        usage.InputAudioTokens, usage.OutputAudioTokens, usage.AcceptedPredictionTokens, usage.RejectedPredictionTokens,
    ];

    private static async Task<ChatCompletion> AnswerAsync(string json)
    {
        using RawServer server = RawServer.Answering(200, json);
        using ServiceConnection connection = Engine.Connect(server);
        ChatCompletion answer = await connection.CompleteAsync();
        using JsonDocument document = JsonDocument.Parse(answer.Raw);
        Assert.Equal(json, answer.Raw);
        return answer;
    }
}
