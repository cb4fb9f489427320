using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Text;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Completions;

public sealed class StreamTests
{
    private static readonly string Done = Engine.Event("[DONE]");

    [Fact]
    public async Task Stream_WholeAnswer_ComesPieceByPieceAndThenWhole()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event("""{"id":"","created":0,"model":"","choices":[],"prompt_filter_results":[]}"""),
            Engine.Event(Engine.Chunk("""{"role":"assistant","content":""}""")),
            Engine.Event(Engine.Chunk("""{"reasoning_content":"hm"}""")),
            Engine.Event(Engine.Chunk("""{"reasoning":"m"}""")),
            Engine.Event(Engine.Text("你")),
            Engine.Event(Engine.Text("好😀")),
            Engine.Event(Engine.Chunk("{}", "stop")),
            Engine.Event("""{"id":"c1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"system_fingerprint":"fp","service_tier":"flex"}"""),
            Done);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync(Engine.Ask() with { Input = 7 });

        Assert.Equal(["", "", "你", "好😀", ""], updates.Select(update => update.Text));
        Assert.Equal(["hm", "m"], updates.Take(2).Select(update => update.Reasoning));
        Assert.All(updates.SkipLast(1), update => Assert.Null(update.Completion));
        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal(("你好😀", "stop", "hmm"), (answer.Text, answer.FinishReason, answer.Reasoning));
        Assert.Equal(("c1", "m", "fp", "flex", "req-1", 7), (answer.Id, answer.Model, answer.SystemFingerprint, answer.ServiceTier, answer.RequestId, answer.Input));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), answer.Created);
        Assert.Equal(3, answer.Usage!.TotalTokens);
        Assert.Equal(["user", "assistant"], answer.Messages.Select(message => message.Role));
        Assert.Equal(8, answer.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal((3, "stop"), (updates[^1].Usage!.TotalTokens, updates[^1].FinishReason));
    }

    [Fact]
    public async Task Stream_ChoicesThatTakeTurns_AreKeptApart()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event(Engine.Text("b1", index: 1)),
            Engine.Event(Engine.Text("a1")),
            Engine.Event(Engine.Text("a2", "stop")),
            Engine.Event(Engine.Text("b2", "length", index: 1)),
            Done);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync(Engine.Ask() with { N = 2 });

        Assert.Equal([1, 0, 0, 1], updates.SkipLast(1).Select(update => update.Index));
        Assert.Equal([("a1a2", "stop"), ("b1b2", "length")], updates[^1].Completion!.Choices.Select(choice => (choice.Text, choice.FinishReason)));
    }

    public static TheoryData<string, string[]> ToolCallForms => new()
    {
        { "official", ["""{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":""}}""", """{"index":0,"function":{"arguments":"{\"a\""}}""", """{"index":1,"id":"t2","type":"function","function":{"name":"g","arguments":"{}"}}""", """{"index":0,"function":{"arguments":":1}"}}"""] },
        { "no numbers", ["""{"id":"t1","type":"function","function":{"name":"f","arguments":""}}""", """{"function":{"arguments":"{\"a\""}}""", """{"function":{"arguments":":1}"}}""", """{"id":"t2","function":{"name":"g","arguments":"{}"}}"""] },
        { "id every time", ["""{"id":"t1","function":{"name":"f","arguments":"{\"a\""}}""", """{"id":"t2","function":{"name":"g","arguments":"{}"}}""", """{"id":"t1","function":{"arguments":":1}"}}"""] },
        { "all number 0", ["""{"index":0,"id":"t1","function":{"name":"f","arguments":"{\"a\":1}"}}""", """{"index":0,"id":"t2","function":{"name":"g","arguments":"{}"}}"""] },
        { "empty ids", ["""{"index":0,"id":"t1","function":{"name":"f","arguments":"{\"a\""}}""", """{"index":0,"id":"","function":{"arguments":":1}"}}""", """{"index":1,"id":"t2","function":{"name":"g","arguments":"{}"}}"""] },
        { "id after the name", ["""{"index":0,"function":{"name":"f","arguments":"{\"a\""}}""", """{"index":0,"id":"t1","function":{"arguments":":1}"}}""", """{"index":1,"id":"t2","function":{"name":"g","arguments":"{}"}}"""] },
        { "second one first", ["""{"index":1,"id":"t2","function":{"name":"g","arguments":"{}"}}""", """{"index":0,"id":"t1","function":{"name":"f","arguments":"{\"a\":1}"}}"""] },
    };

    [Theory]
    [MemberData(nameof(ToolCallForms))]
    public async Task Stream_ToolCallsInPieces_ArePutTogether(string form, string[] deltas)
    {
        Assert.NotEmpty(form);
        using RawServer server = RawServer.Streaming(
            [.. deltas.Select(delta => Engine.Event(Engine.Chunk($$"""{"tool_calls":[{{delta}}]}"""))), Engine.Event(Engine.Chunk("{}", "tool_calls")), Done]);
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal([("t1", "function", """f({"a":1})"""), ("t2", "function", "g({})")], answer.ToolCalls.Select(call => (call.Id, call.Type, call.ToString())));
    }

    [Fact]
    public async Task Stream_OldFunctionCallRefusalAudioAndLogProbs_ArePutTogether()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event(Engine.Chunk("""{"function_call":{"name":"f","arguments":"{"}}""")),
            Engine.Event(Engine.Chunk("""{"function_call":{"arguments":"}"}}""")),
            Engine.Event(Engine.Chunk("""{"refusal":"n"}""")),
            Engine.Event(Engine.Chunk("""{"refusal":"o"}""")),
            Engine.Event(Engine.Chunk("""{"content":"","audio":{"id":"a1","transcript":"spo"}}""")),
            Engine.Event(Engine.Chunk("""{"audio":{"transcript":"ken"}}""")),
            Engine.Event("""{"choices":[{"index":0,"delta":{},"logprobs":{"content":[{"token":"spo","logprob":-1}]},"finish_reason":"stop"}]}"""),
            Done);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        ChatCompletion answer = updates[^1].Completion!;
        Assert.Equal("f({})", Assert.Single(answer.ToolCalls).ToString());
        Assert.Equal(("no", "spoken", "a1"), (answer.Refusal, answer.Text, answer.Message!.AudioId));
        Assert.Equal("spoken", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("spo", Assert.Single(answer.Choices[0].LogProbs).Token);
    }

    [Fact]
    public async Task Stream_ReasonWithoutEndMark_IsComplete()
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("whole", "stop")));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("whole", (await connection.StreamAsync())[^1].Completion!.Text);
    }

    [Fact]
    public async Task Stream_EndMarkWithoutReason_IsComplete()
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("whole")), Done);
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal("whole", answer.Text);
        Assert.Null(answer.FinishReason);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task Stream_EndsBeforeItsEnd_IsTruncatedWithWhatCame(string noReason)
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event($$$"""{"choices":[{"index":0,"delta":{"content":"par"},"finish_reason":{{{noReason}}}}]}"""),
            Engine.Event($$$"""{"choices":[{"index":0,"delta":{"content":"tial"},"finish_reason":{{{noReason}}}}]}"""));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((ErrorIds.StreamTruncated, "partial"), (failure.ErrorId, failure.PartialText));
        Assert.Contains("PartialText", failure.RecommendedAction, StringComparison.Ordinal);
    }

    // What a gateway was seen to make of Gemini's pieces.
    public static string[] NumberedPieces =>
    [
        """{"choices":[{"delta":{"role":"assistant","content":null,"thinking":{"content":"hm"}},"finish_reason":null,"index":0,"logprobs":null}],"created":1795344468,"id":"","model":"","object":"chat.completion.chunk","system_fingerprint":"fp_a49d71b8a1"}""",
        """{"choices":[{"delta":{"role":"assistant","content":"Let me look. Zürich \ud83d"},"finish_reason":null,"index":1,"logprobs":null}],"created":1795344468,"id":"","model":"","object":"chat.completion.chunk","system_fingerprint":"fp_a49d71b8a1","usage":{"completion_tokens":0,"prompt_tokens":0,"prompt_tokens_details":{"cached_tokens":0},"total_tokens":0,"output_tokens_details":{"reasoning_tokens":0}}}""",
        """{"choices":[{"delta":{"role":"assistant","content":"\ude00"},"finish_reason":null,"index":2,"logprobs":null}],"created":1795344468,"id":"","model":"","object":"chat.completion.chunk","system_fingerprint":"fp_a49d71b8a1","usage":{"completion_tokens":0,"prompt_tokens":0,"prompt_tokens_details":{"cached_tokens":0},"total_tokens":0,"output_tokens_details":{"reasoning_tokens":0}}}""",
        """{"choices":[{"delta":{"role":"assistant","tool_calls":[{"id":"ccr_tool_3a32o67qu4c","type":"function","function":{"name":"Get-Weather","arguments":"{\"City\":\"Bern\"}"},"index":0}]},"finish_reason":"function_call","index":3,"logprobs":null}],"created":1795344468,"id":"","model":"","object":"chat.completion.chunk","system_fingerprint":"fp_a49d71b8a1","usage":{"completion_tokens":3,"prompt_tokens":4,"prompt_tokens_details":{"cached_tokens":0},"total_tokens":7,"output_tokens_details":{"reasoning_tokens":0}}}""",
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_EveryPieceHasANumberOfItsOwn_IsOneChoice(bool hasEndMark)
    {
        using RawServer server = RawServer.Streaming([.. NumberedPieces.Select(Engine.Event), hasEndMark ? Done : ""]);
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        ChatChoice choice = Assert.Single(answer.Choices);
        Assert.Equal((0, "function_call", "Let me look. Zürich 😀"), (choice.Index, choice.FinishReason, answer.Text));
        Assert.Equal(("Get-Weather", """{"City":"Bern"}"""), choice.Message.ToolCalls.Select(call => (call.Name, call.Arguments)).Single());
        Assert.Equal(7, answer.Usage!.TotalTokens);
    }

    [Fact]
    public async Task Stream_EveryPieceHasANumberOfItsOwnAndTheLastIsMissing_IsTruncatedWithWhatCame()
    {
        using RawServer server = RawServer.Streaming([.. NumberedPieces.Take(3).Select(Engine.Event)]);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((ErrorIds.StreamTruncated, "Let me look. Zürich 😀"), (failure.ErrorId, failure.PartialText));
    }

    [Fact]
    public async Task Stream_MoreChoicesThanTheRequestNames_AreKeptApart()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event(Engine.Text("a1")),
            Engine.Event(Engine.Text("b1", index: 1)),
            Engine.Event(Engine.Text("a2", "stop")),
            Engine.Event(Engine.Text("b2", "stop", index: 1)),
            Done);
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = (await connection.StreamAsync())[^1].Completion!;

        Assert.Equal(["a1a2", "b1b2"], answer.Choices.Select(choice => choice.Text));
    }

    [Fact]
    public async Task Stream_OneOfTwoChoicesIsMissing_IsTruncated()
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("a", "stop")));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.StreamTruncated, (await connection.FailStreamAsync(Engine.Ask() with { N = 2 })).ErrorId);
    }

    [Fact]
    public async Task Stream_ConnectionBreaks_IsTruncatedWithWhatCame()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.ResetMidStream }] });
        using ServiceConnection connection = Engine.Connect(server);
        List<string> pieces = [];

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(async () =>
        {
            await foreach (ChatCompletionUpdate update in connection.Chat.StreamAsync(Engine.Ask("one two three four five six seven"), CallSettings.None, CancellationToken.None))
            {
                pieces.Add(update.Text);
            }
        });

        Assert.Equal(ErrorIds.StreamTruncated, failure.ErrorId);
        Assert.Equal(string.Concat(pieces), failure.PartialText);
        Assert.NotEmpty(pieces);
        Assert.NotNull(failure.RequestId);
    }

    [Theory]
    [InlineData("data: {\"error\":{\"message\":\"Slow down.\",\"type\":\"rate_limit_error\"}}\n\n", ErrorIds.RateLimited, "Slow down.")]
    [InlineData("data: {\"error\":{\"message\":\"No credit.\",\"code\":\"insufficient_quota\"}}\n\n", ErrorIds.QuotaExceeded, "No credit.")]
    [InlineData("data: {\"error\":\"boom\"}\n\n", ErrorIds.ServerError, "boom")]
    [InlineData("data: {\"code\":500,\"message\":\"boom\"}\n\n", ErrorIds.ServerError, "boom")]
    [InlineData("event: error\ndata: {\"message\":\"maximum context length\"}\n\n", ErrorIds.ContextTooLong, "maximum")]
    [InlineData("event: error\ndata: plain words\n\n", ErrorIds.ServerError, "plain words")]
    [InlineData("data: {\"choices\":[{\n\n", ErrorIds.BadResponse, "JSON")]
    [InlineData("data: <html>\n\n", ErrorIds.BadResponse, "web page")]
    public async Task Stream_ErrorInTheMiddle_IsReportedWithWhatCame(string end, string errorId, string message)
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("par")), Engine.Event(Engine.Text("tial")), end, Engine.Event(Engine.Text("late", "stop")), Done);
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((errorId, "partial"), (failure.ErrorId, failure.PartialText));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.ResponseBody);
    }

    [Fact]
    public async Task Stream_NothingButTheEndMark_IsABadResponse()
    {
        using RawServer server = RawServer.Streaming(Done);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.BadResponse, (await connection.FailStreamAsync()).ErrorId);
    }

    [Fact]
    public async Task Stream_ServerAnswersWhole_GivesTheWholeAnswer()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("whole"), "application/json; charset=utf-8");
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        Assert.Equal(["whole", ""], updates.Select(update => update.Text));
        Assert.Equal("whole", updates[1].Completion!.Text);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task Stream_ServerForgotTheContentType_IsReadAllTheSame(string type)
    {
        using RawServer server = RawServer.Answering(200, Engine.Event(Engine.Text("x", "stop")) + Done, type);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("x", (await connection.StreamAsync())[^1].Completion!.Text);
    }

    [Fact]
    public async Task Stream_ServerFallsSilent_IsATimeoutWithWhatCame()
    {
        FakeTime time = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync();
            await exchange.ChunkAsync(Engine.Event(Engine.Text("par")));
            await exchange.WhenClosedAsync();
        });
        using ServiceConnection connection = Engine.Connect(server, timeout: TimeSpan.FromSeconds(5), time: time);
        await using IAsyncEnumerator<ChatCompletionUpdate> updates = connection.Chat.StreamAsync(Engine.Ask(), CallSettings.None, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        Task<bool> next = updates.MoveNextAsync().AsTask();
        await Engine.Eventually(() => time.Running.Contains(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromSeconds(5));
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => next.WaitAsync(Engine.Patience));

        Assert.Equal((ErrorIds.Timeout, "par"), (failure.ErrorId, failure.PartialText));
        Assert.Contains("sent nothing more within 5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_CommentsKeepItAlive_NoTimeout()
    {
        FakeTime time = new();
        using SemaphoreSlim go = new(0);
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync();
            for (int i = 0; i < 5; i++)
            {
                await go.WaitAsync();
                await exchange.ChunkAsync(": still here\n");
            }

            await exchange.ChunkAsync(Engine.Event(Engine.Text("x", "stop")) + Done);
            await exchange.EndStreamAsync();
        });
        using ServiceConnection connection = Engine.Connect(server, timeout: TimeSpan.FromSeconds(5), time: time);

        Task<List<ChatCompletionUpdate>> call = connection.StreamAsync();
        for (int i = 0; i < 5; i++)
        {
            await Engine.Eventually(() => time.Running.Contains(TimeSpan.FromSeconds(5)));
            time.Advance(TimeSpan.FromSeconds(4));
            go.Release();
        }

        Assert.Equal("x", (await call)[^1].Completion!.Text);
    }

    [Fact]
    public async Task Stream_UserTakesHisTime_NoTimeout()
    {
        FakeTime time = new();
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("a")), Engine.Event(Engine.Text("b", "stop")) + Done);
        using ServiceConnection connection = Engine.Connect(server, timeout: TimeSpan.FromSeconds(5), time: time);
        string text = "";

        await foreach (ChatCompletionUpdate update in connection.Chat.StreamAsync(Engine.Ask(), CallSettings.None, CancellationToken.None))
        {
            time.Advance(TimeSpan.FromHours(1));
            text += update.Text;
        }

        Assert.Equal("ab", text);
    }

    [Fact]
    public async Task Stream_Cancelled_EndsAtOnceAndTheServerSeesIt()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { ChunkDelay = TimeSpan.FromSeconds(30) });
        using ServiceConnection connection = Engine.Connect(server);
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<ChatCompletionUpdate> updates = connection.Chat.StreamAsync(Engine.Ask("one two three"), CallSettings.None, stop.Token).GetAsyncEnumerator();
        Task<bool> next = updates.MoveNextAsync().AsTask();
        await Engine.Eventually(() => server.GetRequests() is [{ StatusCode: 200 }]);

        long started = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Engine.Patience));
        await Engine.Eventually(() => server.GetRequests()[0].Aborted);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Stream_UserStopsReading_TheServerSeesItAtOnce()
    {
        TaskCompletionSource closed = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync();
            await exchange.ChunkAsync(Engine.Event(Engine.Text("a")) + Engine.Event(Engine.Text("b")));
            await exchange.WhenClosedAsync();
            closed.SetResult();
        });
        using ServiceConnection connection = Engine.Connect(server);

        await foreach (ChatCompletionUpdate update in connection.Chat.StreamAsync(Engine.Ask(), CallSettings.None, CancellationToken.None))
        {
            Assert.Equal("a", update.Text);
            break;
        }

        await closed.Task.WaitAsync(Engine.Patience);
        using HttpMessageHandler handler = Transport.CreateHandler(connection.Settings);
        Assert.True(Assert.IsType<SocketsHttpHandler>(handler).ResponseDrainTimeout < TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Stream_Pieces_ArriveBeforeTheAnswerIsWhole()
    {
        using SemaphoreSlim go = new(0);
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync();
            await exchange.ChunkAsync(Engine.Event(Engine.Text("a")));
            await go.WaitAsync();
            await exchange.ChunkAsync(Engine.Event(Engine.Text("b", "stop")) + Done);
            await exchange.EndStreamAsync();
        });
        using ServiceConnection connection = Engine.Connect(server);
        List<string> texts = [];

        await foreach (ChatCompletionUpdate update in connection.Chat.StreamAsync(Engine.Ask(), CallSettings.None, CancellationToken.None))
        {
            texts.Add(update.Text);
            go.Release();
        }

        Assert.Equal(["a", "b", ""], texts);
    }

    [Fact]
    public async Task Stream_AfterItsEnd_TheConnectionIsUsedAgain()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { MaxConnections = 1 });
        using ServiceConnection connection = Engine.Connect(server);

        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull((await connection.StreamAsync())[^1].Completion);
        }

        Assert.DoesNotContain(server.GetRequests(), request => request.Aborted);
    }

    [Fact]
    public async Task Dispose_StreamInFlight_FailsCleanlyWithWhatCame()
    {
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.StartStreamAsync();
            await exchange.ChunkAsync(Engine.Event(Engine.Text("par")));
            await exchange.WhenClosedAsync();
        });
        ServiceConnection connection = Engine.Connect(server);
        await using IAsyncEnumerator<ChatCompletionUpdate> updates = connection.Chat.StreamAsync(Engine.Ask(), CallSettings.None, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());

        connection.Dispose();
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => updates.MoveNextAsync().AsTask().WaitAsync(Engine.Patience));

        Assert.Equal((ErrorIds.ConnectionFailed, "par"), (failure.ErrorId, failure.PartialText));
    }

    [Fact]
    public async Task StreamText_WholeAnswer_ComesPieceByPieceAndThenWhole()
    {
        using RawServer server = RawServer.Streaming(
            Engine.Event("""{"id":"t1","created":1700000000,"model":"m","choices":[{"index":0,"text":"a","logprobs":{"tokens":["a"],"token_logprobs":[-1],"text_offset":[0]},"finish_reason":""}]}"""),
            Engine.Event("""{"choices":[{"index":1,"text":"x","finish_reason":"length"}]}"""),
            Engine.Event("""{"choices":[{"index":0,"text":"b","logprobs":{"tokens":["b"],"token_logprobs":[-2],"text_offset":[1]},"finish_reason":"stop"}]}"""),
            Engine.Event("""{"choices":[],"usage":{"total_tokens":9}}"""),
            Done);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatTextCompletionUpdate> updates = await Engine.CollectAsync(
            connection.Text.StreamAsync(new TextRequest { Prompt = "p", N = 2 }, CallSettings.None, CancellationToken.None)).WaitAsync(Engine.Patience);

        Assert.Equal(["a", "x", "b", ""], updates.Select(update => update.Text));
        ChatTextCompletion answer = updates[^1].Completion!;
        Assert.Equal([("ab", "stop"), ("x", "length")], answer.Choices.Select(choice => (choice.Text, choice.FinishReason)));
        Assert.Equal([0, 1], answer.Choices[0].LogProbs.Select(token => token.Offset));
        Assert.Equal(("t1", 9), (answer.Id, answer.Usage!.TotalTokens));
    }

    [Fact]
    public async Task StreamText_CutInTheMiddle_IsTruncatedWithWhatCame()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.TruncatedStream }] });
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => Engine.CollectAsync(
            connection.Text.StreamAsync(new TextRequest { Prompt = "one two three four five six", Model = "sandbox-instruct" }, CallSettings.None, CancellationToken.None)));

        Assert.Equal(ErrorIds.StreamTruncated, failure.ErrorId);
        Assert.NotEmpty(failure.PartialText!);
    }
}
