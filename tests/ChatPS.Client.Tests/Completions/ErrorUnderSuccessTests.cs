using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Completions;

/// <summary>Errors under a status of success, whole and in the middle of a stream: never an answer, and never half of one.</summary>
public sealed class ErrorUnderSuccessTests
{
    public static TheoryData<string> Errors =>
    [
        """{"error":{"message":"It broke."}}""",
        """{"error":{"message":"It broke.","code":0}}""",
        """{"error":"It broke."}""",
        """{"error":["It broke."]}""",
        """{"error":true,"message":"It broke."}""",
        """{"error":1,"message":"It broke."}""",
        """{"detail":"It broke."}""",
        """{"detail":[{"loc":["body"],"msg":"It broke.","type":"value_error"}]}""",
        """{"detail":{"message":"It broke."}}""",
        """{"errors":["It broke."]}""",
        """{"errors":[{"code":1,"message":"It broke."}],"success":false,"result":null}""",
        """{"errors":{"model":["It broke."]}}""",
        """{"code":500,"message":"It broke."}""",
        """{"code":"Throttled","msg":"It broke.","data":{}}""",
        """{"success":false,"message":"It broke."}""",
        """{"success":0,"message":"It broke."}""",
        """{"status":"error","message":"It broke."}""",
        """{"status":503,"message":"It broke."}""",
        """{"type":"error","message":"It broke."}""",
        """{"object":"error","message":"It broke."}""",
        """{"base_resp":{"status_code":1008,"status_msg":"It broke."}}""",
        """{"header":{"code":10013,"message":"It broke.","status":2}}""",
        """{"error_code":17,"error_msg":"It broke."}""",
        """{"errcode":17,"errmsg":"It broke."}""",
        """{"Response":{"Error":{"Code":"AuthFailure","Message":"It broke."},"RequestId":"r"}}""",
        """{"ResponseMetadata":{"RequestId":"r","Error":{"Code":"X","CodeN":100,"Message":"It broke."}}}""",
        """{"fault":{"faultstring":"It broke.","detail":{"errorcode":"x"}}}""",
        """[{"error":{"code":500,"message":"It broke."}}]""",
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Whole_AnyFormOfError_IsReportedInItsWords(string body)
    {
        foreach (string dialect in new[] { "OpenAI", "AzureOpenAI", "Responses", "Anthropic", "Gemini" })
        {
            using RawServer server = RawServer.Answering(200, body);
            using ServiceConnection connection = Connect(server, dialect);

            foreach (ChatServiceException failure in new[] { await connection.FailAsync(), await connection.FailStreamAsync() })
            {
                Assert.Contains("It broke.", failure.Message, StringComparison.Ordinal);
                Assert.Contains(failure.ErrorId, new[] { ErrorIds.ServerError, ErrorIds.InvalidRequest, ErrorIds.RateLimited, ErrorIds.QuotaExceeded });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Stream_AnyFormOfErrorInTheMiddle_IsReportedWithWhatCame(string data)
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("par")), Engine.Event(Engine.Text("tial")), Engine.Event(data), Engine.Event("[DONE]"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal("partial", failure.PartialText);
        Assert.Contains("It broke.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"index":0,"error":{"code":502,"message":"It broke."},"finish_reason":"error","@":{"content":"ial"}}""", "It broke.")]
    [InlineData("""{"index":0,"error":{"message":"It broke."},"@":{"content":"ial"}}""", "It broke.")]
    [InlineData("""{"index":0,"error":"It broke.","finish_reason":null,"@":{"content":"ial"}}""", "It broke.")]
    [InlineData("""{"index":0,"finish_reason":"error","@":{"content":"ial"}}""", "'error'")]
    [InlineData("""{"index":0,"finish_reason":"network_error","@":{"content":"ial"}}""", "'network_error'")]
    [InlineData("""{"index":0,"finish_reason":"insufficient_system_resource","@":{"content":"ial"}}""", "'insufficient_system_resource'")]
    public async Task Choice_WithAnError_IsNoAnswer(string choice, string words)
    {
        string whole = $$"""{"choices":[{{choice.Replace("@", "message", StringComparison.Ordinal)}}]}""";
        string piece = $$"""{"choices":[{{choice.Replace("@", "delta", StringComparison.Ordinal)}}]}""";
        using RawServer server = RawServer.Start(RawServer.Answer(200, whole), RawServer.Answer(200, Engine.Event(Engine.Text("part")) + Engine.Event(piece) + Engine.Event("[DONE]"), "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();
        ChatServiceException broken = await connection.FailStreamAsync();

        Assert.Equal(ErrorIds.ServerError, failure.ErrorId);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal((ErrorIds.ServerError, "partial"), (broken.ErrorId, broken.PartialText));
        Assert.Contains(words, broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":false}""")]
    [InlineData("""{"error":0}""")]
    [InlineData("""{"error":{"code":0,"message":"","type":""}}""")]
    [InlineData("""{"error":{"code":0,"message":"success"}}""")]
    [InlineData("""{"error":{"code":null,"message":null,"details":[]}}""")]
    [InlineData("""{"error":"ok"}""")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""{"detail":"standard"}""")]
    [InlineData("""{"code":0,"message":"ok","success":true}""")]
    [InlineData("""{"code":20000,"msg":"OK"}""")]
    [InlineData("""{"base_resp":{"status_code":0,"status_msg":"success"}}""")]
    [InlineData("""{"success":true,"status":"ok"}""")]
    public async Task Answer_WithAMemberThatSaysAllIsWell_IsTheAnswer(string members)
    {
        string more = "," + members[1..^1];
        string whole = Engine.Answer("Hello", more);
        string chunk = Engine.Text("Hello", "stop");
        using RawServer server = RawServer.Start(
            RawServer.Answer(200, whole), RawServer.Answer(200, Engine.Event(chunk[..^1] + more + "}") + Engine.Event($$"""{"choices":[{{""}}]{{more}}}""") + Engine.Event("[DONE]"), "text/event-stream"));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("Hello", (await connection.CompleteAsync()).Text);
        Assert.Equal("Hello", (await connection.StreamAsync())[^1].Completion!.Text);
    }

    [Theory]
    [InlineData("""{"index":0,"error":{},"finish_reason":"stop"}""")]
    [InlineData("""{"index":0,"error":null,"finish_reason":"stop"}""")]
    [InlineData("""{"index":0,"error":{"code":0,"message":""},"finish_reason":"length"}""")]
    public async Task Choice_WithAnErrorThatSaysNothing_IsTheAnswer(string choice)
    {
        using RawServer server = RawServer.Answering(200, $$$"""{"choices":[{{{choice[..^1]}}},"message":{"content":"Hello"}}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("Hello", (await connection.CompleteAsync()).Text);
    }

    [Fact]
    public async Task Responses_CodeAndMessageInTheMiddle_IsReportedWithWhatCame()
    {
        using RawServer server = RawServer.Streaming(Engine.Event("""{"type":"response.output_text.delta","delta":"par"}"""), Engine.Event("""{"code":"server_error","message":"It broke."}"""), Engine.Event("[DONE]"));
        using ServiceConnection connection = Connect(server, "Responses");

        ChatServiceException failure = await connection.FailStreamAsync();

        Assert.Equal((ErrorIds.ServerError, "par"), (failure.ErrorId, failure.PartialText));
    }

    private static ServiceConnection Connect(RawServer server, string dialect) => Engine.Connect(new ConnectionSettings
    {
        Dialect = KnownDialects.Find(dialect, "test"),
        BaseUri = server.BaseUri,
        Key = Engine.Secret(Engine.Key),
        Model = "m",
        MaxRetry = 0,
    });
}
