using System.Net;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;
using ChatPS.Sandbox;

namespace ChatPS.Client.Tests.Calls;

/// <summary>What users see of a failure, whatever the service calls it.</summary>
public sealed class FailureTests
{
    [Theory]
    // The form of OpenAI.
    [InlineData(401, """{"error":{"message":"Incorrect API key.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""", ErrorIds.AuthenticationFailed, "Incorrect API key.")]
    [InlineData(403, """{"error":{"message":"Not for this region.","type":"request_forbidden","code":null}}""", ErrorIds.AuthenticationFailed, "Not for this region.")]
    [InlineData(404, """{"error":{"message":"The model `x` does not exist or you do not have access to it.","code":"model_not_found"}}""", ErrorIds.ModelNotFound, "does not exist")]
    [InlineData(404, """{"error":{"message":"Invalid URL (POST /v1/nope)","type":"invalid_request_error"}}""", ErrorIds.InvalidRequest, "Invalid URL")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded","param":"messages"}}""", ErrorIds.ContextTooLong, "8192")]
    [InlineData(400, """{"error":{"message":"Bad temperature.","type":"invalid_request_error","param":"temperature"}}""", ErrorIds.InvalidRequest, "Bad temperature.")]
    [InlineData(400, """{"error":{"message":"Refused.","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", ErrorIds.ContentFiltered, "Refused.")]
    [InlineData(400, """{"error":{"message":"Your request was rejected as a result of our safety system.","code":"content_policy_violation"}}""", ErrorIds.ContentFiltered, "safety system")]
    [InlineData(429, """{"error":{"message":"Slow down.","type":"requests","code":"rate_limit_exceeded"}}""", ErrorIds.RateLimited, "Slow down.")]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}""", ErrorIds.QuotaExceeded, "quota")]
    [InlineData(402, """{"error":{"message":"Insufficient Balance"}}""", ErrorIds.QuotaExceeded, "Insufficient Balance")]
    [InlineData(500, """{"error":{"message":"The server had an error."}}""", ErrorIds.ServerError, "had an error")]
    [InlineData(503, """{"error":{"message":"Overloaded.","type":"overloaded_error"}}""", ErrorIds.ServerError, "Overloaded.")]
    [InlineData(504, """{"error":{"message":"Upstream is slow."}}""", ErrorIds.Timeout, "Upstream is slow.")]
    [InlineData(501, """{"error":{"message":"Not implemented.","code":"api_not_implemented"}}""", ErrorIds.InvalidRequest, "Not implemented.")]
    // Gateways, local servers and the rest.
    [InlineData(403, """{"error":{"message":"用户额度不足","type":"new_api_error","code":"insufficient_user_quota"}}""", ErrorIds.QuotaExceeded, "用户额度不足")]
    [InlineData(503, """{"error":{"message":"当前分组 default 下对于模型 x 无可用渠道 (model x)","type":"new_api_error"}}""", ErrorIds.ModelNotFound, "无可用渠道")]
    [InlineData(404, """{"error":"model \"x\" not found, try pulling it first"}""", ErrorIds.ModelNotFound, "try pulling")]
    [InlineData(400, """{"object":"error","message":"the prompt is too long","code":40303}""", ErrorIds.ContextTooLong, "too long")]
    [InlineData(400, """{"msg":"bad"}""", ErrorIds.InvalidRequest, "bad")]
    [InlineData(400, """{"err":"bad"}""", ErrorIds.InvalidRequest, "bad")]
    [InlineData(400, """{"error_msg":"bad","error_code":336000}""", ErrorIds.InvalidRequest, "bad")]
    [InlineData(400, """{"header":{"code":10013,"message":"bad"}}""", ErrorIds.InvalidRequest, "bad")]
    [InlineData(400, """{"response":{"error":{"message":"bad"}}}""", ErrorIds.InvalidRequest, "bad")]
    [InlineData(422, """{"detail":[{"loc":["body","n"],"msg":"not a number","type":"int_parsing"}]}""", ErrorIds.InvalidRequest, "not a number")]
    [InlineData(404, """{"detail":"Not Found"}""", ErrorIds.InvalidRequest, "Not Found")]
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}]""", ErrorIds.AuthenticationFailed, "API key not valid.")]
    [InlineData(429, """{"error":{"code":429,"message":"Resource exhausted.","status":"RESOURCE_EXHAUSTED"}}""", ErrorIds.RateLimited, "Resource exhausted.")]
    [InlineData(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", ErrorIds.ServerError, "502 Bad Gateway")]
    [InlineData(500, "upstream connect error", ErrorIds.ServerError, "upstream connect error")]
    [InlineData(500, "", ErrorIds.ServerError, "gave no reason")]
    [InlineData(404, "", ErrorIds.InvalidRequest, "no such address")]
    [InlineData(405, "", ErrorIds.InvalidRequest, "does not take this method")]
    [InlineData(407, "", ErrorIds.AuthenticationFailed, "407")]
    [InlineData(408, "", ErrorIds.Timeout, "408")]
    // Errors under a status of success.
    [InlineData(200, """{"error":{"message":"No credit.","type":"insufficient_quota"}}""", ErrorIds.QuotaExceeded, "No credit.")]
    [InlineData(200, """{"code":429,"msg":"slow down"}""", ErrorIds.RateLimited, "slow down")]
    [InlineData(200, """{"status_code":429,"msg":"slow down"}""", ErrorIds.RateLimited, "slow down")]
    [InlineData(200, """{"error":{"message":"boom"}}""", ErrorIds.ServerError, "boom")]
    [InlineData(200, """{"base_resp":{"status_code":1004,"status_msg":"not authorised"}}""", ErrorIds.AuthenticationFailed, "not authorised")]
    [InlineData(200, "<!DOCTYPE html><html><title>Sign in</title></html>", ErrorIds.BadResponse, "Sign in")]
    [InlineData(200, "", ErrorIds.BadResponse, "empty body")]
    [InlineData(200, "   \n", ErrorIds.BadResponse, "empty body")]
    [InlineData(204, "", ErrorIds.BadResponse, "empty body")]
    public async Task Call_Failure_HasItsIdItsReasonAndTheWayOut(int status, string body, string errorId, string reason)
    {
        using RawServer server = RawServer.Answering(status, body, body.StartsWith('<') ? "text/html" : "application/json", "x-request-id: req-9");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException whole = await connection.FailAsync();
        ChatServiceException streamed = await connection.FailStreamAsync();

        Assert.All([whole, streamed], failure =>
        {
            Assert.Equal(errorId, failure.ErrorId);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
            Assert.NotEmpty(failure.RecommendedAction);
            Assert.Equal("req-9", failure.RequestId);
            Assert.Equal(1, failure.Attempts);
            Assert.Equal(status < 300 ? null : status, failure.StatusCode);
            Assert.Null(failure.PartialText);
        });
    }

    [Fact]
    public async Task Call_Failure_TellsCodeParameterBodyAndWait()
    {
        const string Body = """{"error":{"message":"m","type":"t","param":"messages","code":"c"}}""";
        using RawServer server = RawServer.Answering(429, Body, "application/json", "retry-after-ms: 1500");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(("c", "messages", Body), (failure.ServiceCode, failure.ServiceParameter, failure.ResponseBody));
        Assert.Equal(TimeSpan.FromSeconds(1.5), failure.RetryAfter);
        Assert.Contains("1.5 s", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request-id: r")]
    [InlineData("x-oneapi-request-id: r")]
    [InlineData("apim-request-id: r")]
    [InlineData("cf-ray: r")]
    public async Task Call_RequestIdOfAnyVendor_IsKept(string header)
    {
        using RawServer server = RawServer.Answering(500, "", "text/plain", header);
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("r", (await connection.FailAsync()).RequestId);
    }

    [Fact]
    public async Task Call_LongErrorBody_IsKeptInPart()
    {
        using RawServer server = RawServer.Answering(500, new string('x', 20_000), "text/plain");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(8192, failure.ResponseBody!.Length);
        Assert.True(failure.Message.Length < 500);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Call_Redirect_IsAnErrorAndTheKeyStaysHere(int status)
    {
        using SandboxServer elsewhere = SandboxServer.Start();
        using RawServer server = RawServer.Answering(status, "", "text/plain", $"Location: {elsewhere.BaseUri}/chat/completions?token=secret");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains($"{elsewhere.BaseUri}/chat/completions", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token=secret", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.RequestCount);
    }

    [Fact]
    public async Task Call_NoKeyGiven_AdviceSaysHowToGiveOne()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key });
        using ServiceConnection connection = Engine.Connect(server, key: null);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("-ApiKey", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_IsConnectionFailed()
    {
        Uri address;
        using (SandboxServer server = SandboxServer.Start())
        {
            address = server.BaseUri;
        }

        using ServiceConnection connection = Engine.Connect(address);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.NotNull(failure.InnerException);
        Assert.Contains(address.ToString(), failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AnswerCutShort_IsConnectionFailed()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { Kind = SandboxFaultKind.TruncatedStream }] });
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal(ErrorIds.ConnectionFailed, (await connection.FailAsync()).ErrorId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ConnectionBreaks_CarriesNoExceptionWithTheRequest(bool isStream)
    {
        using RawServer server = RawServer.Start(exchange =>
        {
            exchange.Reset();
            return Task.CompletedTask;
        });
        using ServiceConnection connection = Engine.Connect(server);

        Exception? failure = isStream ? await connection.FailStreamAsync() : await connection.FailAsync();

        Assert.NotNull(failure.InnerException);
        for (; failure is not null; failure = failure.InnerException)
        {
            Assert.DoesNotContain(failure.GetType().GetProperties(), property => property.PropertyType == typeof(HttpRequestMessage));
        }
    }

    [Fact]
    public async Task Call_Silence_IsATimeout()
    {
        FakeTime time = new();
        TaskCompletionSource asked = new();
        using RawServer server = RawServer.Start(exchange =>
        {
            asked.SetResult();
            return exchange.WhenClosedAsync();
        });
        using ServiceConnection connection = Engine.Connect(server, timeout: TimeSpan.FromSeconds(7), maxRetry: 3, time: time);

        Task<ChatServiceException> call = connection.FailAsync();
        await asked.Task.WaitAsync(Engine.Patience);
        time.Advance(TimeSpan.FromSeconds(7));
        ChatServiceException failure = await call;

        Assert.Equal(ErrorIds.Timeout, failure.ErrorId);
        Assert.Contains("within 7 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, failure.Attempts);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Call_BodyThatNeverEnds_IsATimeout(int status)
    {
        FakeTime time = new();
        TaskCompletionSource sent = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            await exchange.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
            sent.SetResult();
            await exchange.WhenClosedAsync();
        });
        using ServiceConnection connection = Engine.Connect(server, timeout: TimeSpan.FromSeconds(7), maxRetry: 3, time: time);

        Task<ChatServiceException> call = connection.FailAsync();
        await sent.Task.WaitAsync(Engine.Patience);
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(ErrorIds.Timeout, (await call).ErrorId);
    }

    [Fact]
    public async Task Call_ErrorWhoseBodyBreaksOff_KeepsItsStatus()
    {
        using RawServer server = RawServer.Start(async exchange =>
            await exchange.WriteAsync("HTTP/1.1 429 X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray()));
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal((ErrorIds.RateLimited, 429), (failure.ErrorId, failure.StatusCode));
    }

    [Fact]
    public async Task Call_Cancelled_EndsAtOnceAndHangsUp()
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource closed = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            asked.SetResult();
            await exchange.WhenClosedAsync();
            closed.SetResult();
        });
        using ServiceConnection connection = Engine.Connect(server, maxRetry: 3);
        using CancellationTokenSource stop = new();

        Task call = connection.CompleteAsync(cancellationToken: stop.Token);
        await asked.Task.WaitAsync(Engine.Patience);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await closed.Task.WaitAsync(Engine.Patience);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Dispose_CallInFlight_FailsCleanlyAndHangsUp()
    {
        TaskCompletionSource asked = new();
        TaskCompletionSource closed = new();
        using RawServer server = RawServer.Start(async exchange =>
        {
            asked.SetResult();
            await exchange.WhenClosedAsync();
            closed.SetResult();
        });
        ServiceConnection connection = Engine.Connect(server, maxRetry: 3);

        Task<ChatServiceException> call = connection.FailAsync();
        await asked.Task.WaitAsync(Engine.Patience);
        connection.Dispose();
        ChatServiceException failure = await call;

        await closed.Task.WaitAsync(Engine.Patience);
        Assert.Equal(ErrorIds.ConnectionFailed, failure.ErrorId);
        Assert.Contains("closed", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Exchanges);
    }

    [Fact]
    public async Task Dispose_CallAfterwards_FailsCleanly()
    {
        using SandboxServer server = SandboxServer.Start();
        ServiceConnection used = Engine.Connect(server);
        await used.CompleteAsync();
        ServiceConnection unused = Engine.Connect(server);
        used.Dispose();
        used.Dispose();
        unused.Dispose();

        Assert.Equal(ErrorIds.ConnectionFailed, (await used.FailAsync()).ErrorId);
        Assert.Equal(ErrorIds.ConnectionFailed, (await unused.FailStreamAsync()).ErrorId);
        Assert.Equal(1, server.RequestCount);
    }

    [Fact]
    public async Task Call_TwoHundredAtOnce_AllGetTheirOwnAnswer()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => connection.CompleteAsync($"prompt {i}.")));

        Assert.All(answers.Index(), item => Assert.Contains($"prompt {item.Index}.", item.Item.Text, StringComparison.Ordinal));
        Assert.Equal(200, server.RequestCount);
        Assert.Equal(200, answers.Select(answer => answer.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task Call_Paced_AllGetThrough()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", RequestsPerMinute = 60_000 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => connection.CompleteAsync()));

        Assert.Equal(20, server.RequestCount);
    }

    [Fact]
    public async Task Dispose_CallWaitsForItsTurn_FailsCleanly()
    {
        using SandboxServer server = SandboxServer.Start();
        ServiceConnection connection = new(new ConnectionSettings { Dialect = KnownDialects.OpenAI, BaseUri = server.BaseUri, Model = "m", RequestsPerMinute = 1 });
        await connection.CompleteAsync();

        Task<ChatServiceException> waiting = connection.FailAsync();
        connection.Dispose();

        Assert.Equal(ErrorIds.ConnectionFailed, (await waiting).ErrorId);
        Assert.Equal(1, server.RequestCount);
    }

    [Fact]
    public async Task Call_AnswerThatIsCompressed_IsRead()
    {
        using MemoryStream zipped = new();
        await using (System.IO.Compression.GZipStream gzip = new(zipped, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Engine.Answer("压缩")));
        }

        using RawServer server = RawServer.Start(exchange => exchange.WriteAsync(
        [
            .. System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)HttpStatusCode.OK} OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {zipped.Length}\r\n\r\n"),
            .. zipped.ToArray(),
        ]));
        using ServiceConnection connection = Engine.Connect(server);

        Assert.Equal("压缩", (await connection.CompleteAsync()).Text);
    }
}
