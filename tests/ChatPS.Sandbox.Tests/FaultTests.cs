using System.Text.Json;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Tests;

public sealed class FaultTests : SandboxTest
{
    private const string Path = "/v1/chat/completions";

    private static readonly string Streamed = Chat("one two three four", ""","stream":true""");

    [Theory]
    [InlineData(401, "invalid_request_error", "invalid_api_key")]
    [InlineData(404, "invalid_request_error", "model_not_found")]
    [InlineData(429, "requests", "rate_limit_exceeded")]
    [InlineData(500, "server_error", null)]
    [InlineData(503, "server_error", "overloaded")]
    public async Task Status_Default_IsTheOfficialError(int status, string type, string? code)
    {
        Fault(new SandboxFault { StatusCode = status });

        JsonElement error = await FailAsync(status, Path, Chat("x"));

        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal($"Status {status}", Assert.Single(Server.GetRequests()).Fault);
        Assert.Equal(status, Server.GetRequests()[0].StatusCode);
    }

    [Theory]
    [InlineData("insufficient_quota", 429, "insufficient_quota")]
    [InlineData("context_length_exceeded", 400, "invalid_request_error")]
    public async Task Status_ErrorCode_BringsItsTypeAndMessage(string code, int status, string type)
    {
        Fault(new SandboxFault { StatusCode = status, ErrorCode = code });

        JsonElement error = await FailAsync(status, Path, Chat("x"));

        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(type, error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Status_OwnError_IsSentAsGiven()
    {
        Fault(new SandboxFault { StatusCode = 418, ErrorCode = "c", ErrorType = "t", ErrorMessage = "m" });

        JsonElement error = await FailAsync(418, Path, Chat("x"));

        Assert.Equal("""{"message":"m","type":"t","param":null,"code":"c"}""", error.GetRawText());
    }

    [Fact]
    public async Task Status_RetryAfter_IsSentInBothForms()
    {
        Fault(new SandboxFault { StatusCode = 429, RetryAfter = TimeSpan.FromMilliseconds(1500) });

        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));

        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        Assert.Equal("1500", Assert.Single(response.Headers.GetValues("retry-after-ms")));
    }

    [Fact]
    public async Task Times_Passed_LetsTheNextFaultAndThenSuccessThrough()
    {
        Fault(new SandboxFault { StatusCode = 429, Times = 2 }, new SandboxFault { StatusCode = 503, Times = 1 });

        Assert.Equal([429, 429, 503, 200, 200], await StatusesAsync(5));
    }

    [Fact]
    public async Task Every_N_HitsEachNthMatchingRequest()
    {
        Fault(new SandboxFault { StatusCode = 500, Every = 3, Model = "sandbox-*", Path = "*/chat/*" });

        using HttpResponseMessage other = await Client.GetAsync(Address("/v1/models"));

        Assert.Equal([200, 200, 500, 200, 200, 500], await StatusesAsync(6));
    }

    [Fact]
    public async Task Prompt_Pattern_HitsTheRequestsWhosePromptMatches()
    {
        Fault(new SandboxFault { StatusCode = 500, Prompt = "bad *" });

        using HttpResponseMessage good = await PostAsync(Path, Chat("good luck"));
        using HttpResponseMessage bad = await PostAsync(Path, Chat("bad luck"));

        Assert.Equal(200, (int)good.StatusCode);
        Assert.Equal(500, (int)bad.StatusCode);
    }

    [Fact]
    public async Task Reset_Request_BreaksTheConnection()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.Reset, Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Path, Chat("x")));

        SandboxRequest request = Assert.Single(Server.GetRequests());
        Assert.Equal(0, request.StatusCode);
        Assert.Equal("Reset", request.Fault);
        Assert.False(request.Aborted);
        Assert.Equal("You said: x", ContentOf(await AskChatAsync("x")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResetMidStream_Answer_BreaksAfterItsFirstHalf(bool stream)
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.ResetMidStream });
        using HttpRequestMessage request = new(HttpMethod.Post, Address(Path)) { Content = Json(stream ? Streamed : Chat("x")) };

        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());

        Assert.NotEqual(-1, reader.Read());
        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync());
        Assert.Equal(200, Assert.Single(Server.GetRequests()).StatusCode);
    }

    [Fact]
    public async Task MalformedJson_Answer_DoesNotParse()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.MalformedJson });

        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));

        Assert.Equal(200, (int)response.StatusCode);
        string text = await response.Content.ReadAsStringAsync();
        Assert.ThrowsAny<JsonException>(() => Parse(text));
    }

    [Fact]
    public async Task MalformedJson_Stream_HasOneBrokenEvent()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.MalformedJson });

        List<string> events = await StreamAsync(Path, Streamed);

        Assert.Equal("[DONE]", events[^1]);
        Assert.Single(events.SkipLast(1), data => !IsJson(data));
    }

    [Fact]
    public async Task EmptyBody_Answer_IsEmpty()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.EmptyBody });

        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HtmlPage_Answer_IsAWebPage()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.HtmlPage, StatusCode = 502 });

        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<!DOCTYPE html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_ClientGivesUp_IsRecordedAsAborted()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.Silence });
        using CancellationTokenSource patience = new();

        Task<HttpResponseMessage> answer = Client.PostAsync(Address(Path), Json(Chat("x")), patience.Token);
        await Eventually(() => Server.OpenRequests == 1);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Eventually(() => Server.OpenRequests == 0);
        await Eventually(() => Assert.Single(Server.GetRequests()).Aborted);
        Assert.Equal(0, Server.GetRequests()[0].StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stall_ClientGivesUp_HasHalfOfTheAnswer(bool stream)
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.Stall });
        using CancellationTokenSource patience = new();
        using HttpRequestMessage request = new(HttpMethod.Post, Address(Path)) { Content = Json(stream ? Streamed : Chat("x")) };

        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        using Stream body = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        int came = await body.ReadAsync(new byte[1024 * 1024], CancellationToken.None);
        Task copy = body.CopyToAsync(Stream.Null, patience.Token);
        await patience.CancelAsync();

        Assert.True(came > 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
        response.Dispose();
        await Eventually(() => Server.OpenRequests == 0);
        await Eventually(() => Assert.Single(Server.GetRequests()).Aborted);
    }

    [Fact]
    public async Task TruncatedStream_Stream_EndsInGoodOrderWithoutItsEnd()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.TruncatedStream });

        List<string> events = await StreamAsync(Path, Streamed);

        Assert.True(events.Count >= 2);
        Assert.DoesNotContain("[DONE]", events);
        Assert.All(events, data => Assert.Equal(JsonValueKind.Null, Parse(data).GetProperty("choices")[0].GetProperty("finish_reason").ValueKind));
    }

    [Fact]
    public async Task TruncatedStream_WholeAnswer_IsCutShort()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.TruncatedStream });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostAsync(Path, Chat("x")));
    }

    [Fact]
    public async Task ErrorEvent_Stream_ReportsTheErrorAndEnds()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.ErrorEvent, ErrorMessage = "overheated" });

        List<string> events = await StreamAsync(Path, Streamed);

        Assert.True(events.Count >= 2);
        Assert.Equal("overheated", Parse(events[^1]).GetProperty("error").GetProperty("message").GetString());
        Assert.DoesNotContain("[DONE]", events);
    }

    [Fact]
    public async Task ErrorEvent_WholeAnswer_IsAnErrorUnderStatus200()
    {
        Fault(new SandboxFault { Kind = SandboxFaultKind.ErrorEvent });

        JsonElement answer = await AskChatAsync("x");

        Assert.Equal("server_error", answer.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Every_UnderParallelLoad_HitsExactlyItsShare()
    {
        Fault(new SandboxFault { StatusCode = 500, Every = 4, Times = 20 });

        int[] statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => StatusAsync()));

        Assert.Equal(20, statuses.Count(status => status == 500));
    }

    private static bool IsJson(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Fault(params SandboxFault[] faults) => Start(new SandboxOptions { Faults = faults });

    private async Task<int> StatusAsync()
    {
        using HttpResponseMessage response = await PostAsync(Path, Chat("x"));
        return (int)response.StatusCode;
    }

    private async Task<List<int>> StatusesAsync(int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++)
        {
            statuses.Add(await StatusAsync());
        }

        return statuses;
    }
}
