using System.Net;
using System.Text.Json;

namespace ChatPS.Sandbox.Tests;

public sealed class RoutingTests : SandboxTest
{
    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/models")]
    public async Task Models_List_HasTheOptionsModels(string path)
    {
        Start(new SandboxOptions { Models = ["a", "org/b"] });

        JsonElement list = Parse(await Client.GetStringAsync(Address(path)));

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["a", "org/b"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.All(list.GetProperty("data").EnumerateArray(), model =>
        {
            Assert.Equal("model", model.GetProperty("object").GetString());
            Assert.Equal("sandbox", model.GetProperty("owned_by").GetString());
            Assert.True(model.GetProperty("created").GetInt64() >= 1_700_000_000);
        });
    }

    [Theory]
    [InlineData("/v1/models/org/b")]
    [InlineData("/v1/models/org%2Fb")]
    public async Task Models_One_IsFoundByItsId(string path)
    {
        Start(new SandboxOptions { Models = ["a", "org/b"] });

        Assert.Equal("org/b", Parse(await Client.GetStringAsync(Address(path))).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Models_Deleted_IsGone()
    {
        using HttpResponseMessage deleted = await Client.DeleteAsync(Address("/v1/models/sandbox-mini"));
        using HttpResponseMessage again = await Client.GetAsync(Address("/v1/models/sandbox-mini"));

        Assert.Equal("""{"id":"sandbox-mini","object":"model","deleted":true}""", await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal("model_not_found", Parse(await again.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("sandbox-mini", await Client.GetStringAsync(Address("/v1/models")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/unknown", 404)]
    [InlineData("GET", "//v1/models", 404)]
    [InlineData("GET", "/v1//models", 404)]
    [InlineData("GET", "/v1/models/", 404)]
    [InlineData("PUT", "/v1/chat/completions", 405)]
    [InlineData("PUT", "/v1/chat/completions/a", 405)]
    [InlineData("POST", "/v1/chat/completions/a/messages", 405)]
    [InlineData("GET", "/v1/chat/completions/", 404)]
    [InlineData("GET", "/v1/chat/completions/a/b", 404)]
    [InlineData("POST", "/v1/models", 405)]
    [InlineData("PUT", "/v1/models/a", 405)]
    [InlineData("GET", "/v1/responses/input_tokens", 405)]
    [InlineData("POST", "/v1/responses/a", 405)]
    [InlineData("GET", "/v1/responses/", 404)]
    [InlineData("GET", "/v1/responses/a/b", 404)]
    public async Task Request_WrongPathOrMethod_IsRefusedInOfficialForm(string method, string path, int status)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), Address(path));
        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
        Assert.Equal("invalid_request_error", Parse(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Root_Get_SaysWhatThisIs()
    {
        Assert.Contains("sandbox", await Client.GetStringAsync(Address("/")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_Always_CarryTheServicesHeaders()
    {
        using HttpResponseMessage first = await Client.GetAsync(Address("/v1/models"));
        using HttpResponseMessage second = await Client.GetAsync(Address("/v1/nothing"));

        Assert.Equal("req_sandbox_000001", Assert.Single(first.Headers.GetValues("x-request-id")));
        Assert.Equal("req_sandbox_000002", Assert.Single(second.Headers.GetValues("x-request-id")));
        Assert.All(new[] { first, second }, response =>
        {
            Assert.Matches(@"^\d+$", Assert.Single(response.Headers.GetValues("openai-processing-ms")));
            Assert.Equal("2020-10-01", Assert.Single(response.Headers.GetValues("openai-version")));
            Assert.NotNull(response.Headers.Date);
        });
    }

    [Fact]
    public async Task Post_OtherContentType_IsRefused()
    {
        using StringContent content = new(Chat("hi"), System.Text.Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await Client.PostAsync(Address("/v1/chat/completions"), content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("Authorization", "Bearer sk-test-right", 200)]
    [InlineData("Authorization", "bearer sk-test-right", 200)]
    [InlineData("api-key", "sk-test-right", 200)]
    [InlineData("x-api-key", "sk-test-right", 200)]
    [InlineData("Authorization", "Bearer sk-test-wrong", 401)]
    [InlineData("Authorization", "Basic sk-test-right", 401)]
    [InlineData("X-None", "", 401)]
    public async Task RequiredKey_IsAskedFor_WithoutEverSayingIt(string header, string value, int status)
    {
        Start(new SandboxOptions { RequiredKey = "sk-test-right" });
        using HttpRequestMessage request = new(HttpMethod.Get, Address("/v1/models"));
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        string body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("sk-test", body, StringComparison.Ordinal);
        Assert.Equal(status == 401, body.Contains("\"invalid_api_key\"", StringComparison.Ordinal));
    }
}
