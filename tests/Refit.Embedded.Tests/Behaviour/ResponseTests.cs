using System.Net;
using System.Text;
using Refit;

namespace Refit.Behaviour;

public sealed class ResponseTests : BehaviourTest
{
    private const string Json = """{"name":"Ada","age":36}""";

    private static readonly Person Ada = new("Ada", 36);

    private IResponseApi Api => Client<IResponseApi>();

    public ResponseTests() => Server.Answer = LoopbackServer.Fixed(200, "OK", "application/json", Json, "X-Request-Id: r1\r\n");

    [Fact]
    public async Task Nothing_Success_Returns()
    {
        await Api.NothingAsync();

        Assert.Equal("/r", Server.Request.Target);
    }

    [Fact]
    public async Task Content_Success_IsDeserialized() => Assert.Equal(Ada, await Api.ContentAsync());

    [Fact]
    public async Task ApiResponse_Success_HasContentStatusAndHeaders()
    {
        using IApiResponse<Person> response = await Api.ApiResponseAsync();

        Assert.Equal(Ada, response.Content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("OK", response.ReasonPhrase);
        Assert.True(response.IsSuccessful);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Null(response.Error);
        Assert.Equal("r1", response.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal("application/json", response.ContentHeaders!.ContentType!.MediaType);
        Assert.Equal(HttpMethod.Get, response.RequestMessage!.Method);
        Assert.Equal(HttpVersion.Version11, response.Version);
    }

    [Fact]
    public async Task ApiResponse_Text_IsRaw()
    {
        using ApiResponse<string> response = await Api.TextResponseAsync();

        Assert.Equal(Json, response.Content);
        Assert.Same(response, await response.EnsureSuccessfulAsync());
    }

    [Fact]
    public async Task ApiResponse_Bare_HasTheStatus()
    {
        using IApiResponse response = await Api.BareResponseAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Text_Success_IsRaw() => Assert.Equal(Json, await Api.TextAsync());

    [Fact]
    public async Task HttpContent_Success_IsReadByTheCaller()
    {
        using HttpContent content = await Api.HttpContentAsync();

        Assert.Equal(Json, await content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Message_AnyStatus_IsReturned()
    {
        Server.Answer = LoopbackServer.Fixed(429, "Too Many Requests", "text/plain", "slow down");

        using HttpResponseMessage response = await Api.MessageAsync();

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal("slow down", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Message_BodyStillComing_ArrivesLive() => await AssertLiveAsync(async api =>
    {
        HttpResponseMessage response = await api.MessageAsync();
        return await response.Content.ReadAsStreamAsync();
    });

    [Fact]
    public async Task Stream_BodyStillComing_ArrivesLive() => await AssertLiveAsync(api => api.StreamAsync());

    private async Task AssertLiveAsync(Func<IResponseApi, Task<Stream>> open)
    {
        TaskCompletionSource firstRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Answer = async (stream, token) =>
        {
            await stream.WriteAsync(LoopbackServer.Head(200, "OK", "text/event-stream", 2), token);
            await stream.WriteAsync("1"u8.ToArray(), token);
            await firstRead.Task.WaitAsync(token);
            await stream.WriteAsync("2"u8.ToArray(), token);
        };

        await using Stream body = await open(Api);
        byte[] one = new byte[1];
        await body.ReadExactlyAsync(one);
        firstRead.SetResult();

        Assert.Equal("1", Encoding.ASCII.GetString(one));
        using StreamReader reader = new(body);
        Assert.Equal("2", await reader.ReadToEndAsync());
    }
}
