using System.Net.Http.Headers;
using System.Text;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Sandbox.Tests;

public sealed class RecordTests : SandboxTest
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(7));

    [Fact]
    public async Task Record_Request_HasWhatWasSent()
    {
        Start(new SandboxOptions { Clock = () => Now });

        await AskAsync("/v1/chat/completions?x=1", Chat("你好", ""","stream":false"""));

        SandboxRequest request = Assert.Single(Server.GetRequests());
        Assert.Equal(1, request.Number);
        Assert.Equal(Now, request.Time);
        Assert.Equal(TimeSpan.Zero, request.Time.Offset);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal("x=1", request.Query);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal(Chat("你好", ""","stream":false"""), request.Body);
        Assert.Equal("sandbox-mini", request.Model);
        Assert.Equal("你好", request.Prompt);
        Assert.False(request.Stream);
        Assert.Equal(200, request.StatusCode);
        Assert.True(request.Elapsed > TimeSpan.Zero);
        Assert.Null(request.Fault);
        Assert.False(request.Aborted);
        Assert.Equal(0, Server.OpenRequests);
    }

    [Theory]
    [InlineData("Authorization", "Bearer sk-test-12345", "Bearer ****")]
    [InlineData("Authorization", "Basic sk-test-12345", "Basic ****")]
    [InlineData("api-key", "sk-test-12345", "****")]
    [InlineData("X-Api-Key", "sk-test-12345", "****")]
    [InlineData("x-goog-api-key", "sk-test-12345", "****")]
    [InlineData("Cookie", "session=sk-test-12345", "****")]
    [InlineData("Authorization", "AWS4-HMAC-SHA256 Credential=sk-test-1/x, SignedHeaders=host, Signature=sk-test-2", "AWS4-HMAC-SHA256 ****")]
    [InlineData("X-Vendor-Token", "sk-test-12345", "****")]
    [InlineData("Referer", "https://user:sk-test-12345@example.com/?sig=sk-test-12345", "https://****@example.com/?sig=****")]
    [InlineData("X-Max-Tokens", "12345", "12345")]
    [InlineData("Idempotency-Key", "12345", "12345")]
    public async Task Record_KeyInAHeader_IsMasked(string name, string value, string expected)
    {
        using HttpRequestMessage message = new(HttpMethod.Get, Address("/v1/models"));
        message.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Client.SendAsync(message);

        Assert.Equal(expected, Assert.Single(Server.GetRequests()).Headers[name]);
    }

    [Theory]
    [InlineData("""{"token":"sk-test-12345","model":"m","messages":[{"role":"user","content":"key"}]}""", """{"token":"****","model":"m","messages":[{"role":"user","content":"key"}]}""")]
    [InlineData("""{"api_key":"sk-test-12345","n":1.0}""", """{"api_key":"****","n":1.0}""")]
    [InlineData("""{"Key" : "sk-test-12345","broken":""", """{"Key" : "****","broken":""")]
    [InlineData("""{"stop":{"key":"kept"}}""", """{"stop":{"key":"kept"}}""")]
    [InlineData("""{"tools":[{"type":"mcp","authorization":"opaque","headers":{"X-Api-Key":"opaque"}}]}""", """{"tools":[{"type":"mcp","authorization":"****","headers":{"X-Api-Key":"****"}}]}""")]
    [InlineData("""{"mcp_servers":[{"authorization_token":"opaque","passwords":["a","b"]}]}""", """{"mcp_servers":[{"authorization_token":"****","passwords":["****","****"]}]}""")]
    [InlineData("""{"input":"{\"client_secret\":\"opaque\"}"}""", """{"input":"{\"client_secret\":\"****\"}"}""")]
    [InlineData("""{"input":"use AKIAIOSFODNN7EXAMPLE"}""", """{"input":"use ****"}""")]
    [InlineData("""{"max_tokens":5,"prompt_cache_key":"kept","tools":[{"parameters":{"properties":{"password":{"type":"string"}}}}]}""", """{"max_tokens":5,"prompt_cache_key":"kept","tools":[{"parameters":{"properties":{"password":{"type":"string"}}}}]}""")]
    [InlineData("grant_type=x&client_secret=opaque", "grant_type=x&client_secret=****")]
    public async Task Record_KeyInTheBody_IsMasked(string body, string expected)
    {
        using HttpResponseMessage response = await PostAsync("/v1/chat/completions", body);

        Assert.Equal(expected, Assert.Single(Server.GetRequests()).Body);
    }

    [Fact]
    public async Task Record_KeyInTheQuery_IsMasked()
    {
        using HttpResponseMessage response = await Client.GetAsync(Address("/v1/models?key=sk-test-12345&a=b"));

        Assert.Equal("key=****&a=b", Assert.Single(Server.GetRequests()).Query);
    }

    [Fact]
    public async Task Record_KeyOfTheRequestAnywhere_IsMasked()
    {
        using HttpRequestMessage message = new(HttpMethod.Post, Address("/v1/opaque-key-1/x?note=opaque-key-1"));
        message.Headers.TryAddWithoutValidation("api-key", "opaque-key-1");
        message.Headers.TryAddWithoutValidation("X-Note", "it is opaque-key-1");
        message.Content = new StringContent("""{"messages":[{"role":"user","content":"my opaque-key-1"}]}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.SendAsync(message);

        SandboxRequest request = Assert.Single(Server.GetRequests());
        Assert.Equal("/v1/****/x", request.Path);
        Assert.Equal("note=****", request.Query);
        Assert.Equal("it is ****", request.Headers["X-Note"]);
        Assert.Equal("my ****", request.Prompt);
        Assert.Equal("""{"messages":[{"role":"user","content":"my ****"}]}""", request.Body);
    }

    [Fact]
    public async Task Record_BodyThatIsNoText_IsSummedUp()
    {
        using MultipartFormDataContent form = new("limit") { { new ByteArrayContent([1, 2, 3]), "file", "a.bin" } };
        using ByteArrayContent bytes = new([0xFF, 0xFE, 0x00]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage first = await Client.PostAsync(Address("/v1/files"), form);
        using HttpResponseMessage second = await Client.PostAsync(Address("/v1/files"), bytes);

        Assert.Matches(@"^\[multipart/form-data, \d+ bytes\]$", Server.GetRequests()[0].Body);
        Assert.Equal("[application/octet-stream, 3 bytes]", Server.GetRequests()[1].Body);
    }

    [Theory]
    [InlineData("""{"prompt":["a","b"]}""", "a\nb")]
    [InlineData("""{"prompt":[1,2]}""", null)]
    [InlineData("""{"input":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://example.com"}}]}""", "a")]
    [InlineData("""{"messages":[{"role":"user","content":"first"},{"role":"user","content":[{"type":"text","text":"last"}]},{"role":"assistant","content":"no"}]}""", "last")]
    [InlineData("""{"messages":"odd"}""", null)]
    public async Task Record_Prompt_IsFoundInEveryForm(string body, string? expected)
    {
        using HttpResponseMessage response = await PostAsync("/v1/anything", body);

        Assert.Equal(expected, Assert.Single(Server.GetRequests()).Prompt);
    }

    [Fact]
    public async Task Record_MoreThanTheLimit_DropsTheOldest()
    {
        Start(new SandboxOptions { MaxRecordedRequests = 2 });
        for (int i = 1; i <= 4; i++)
        {
            await AskChatAsync($"number {i}");
        }

        Assert.Equal(["number 3", "number 4"], Server.GetRequests().Select(request => request.Prompt));
        Assert.Equal(4, Server.RequestCount);

        Server.ClearRequests();

        Assert.Empty(Server.GetRequests());
        Assert.Equal(4, Server.RequestCount);
    }
}
