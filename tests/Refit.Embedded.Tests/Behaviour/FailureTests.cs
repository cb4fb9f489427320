using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Refit;

namespace Refit.Behaviour;

public sealed class FailureTests : BehaviourTest
{
    private const string ErrorJson = """{"name":"error","age":1}""";

    private IResponseApi Api => Client<IResponseApi>();

    [Fact]
    public async Task Status_Content_ThrowsApiException()
    {
        Server.Answer = LoopbackServer.Fixed(429, "Too Many Requests", "application/json", ErrorJson, "Retry-After: 3\r\n");

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => Api.ContentAsync());

        Assert.Equal("Response status code does not indicate success: 429 (Too Many Requests).", exception.Message);
        Assert.Equal(429, (int)exception.StatusCode);
        Assert.Equal("Too Many Requests", exception.ReasonPhrase);
        Assert.Equal(TimeSpan.FromSeconds(3), exception.Headers.RetryAfter!.Delta);
        Assert.Equal("application/json", exception.ContentHeaders!.ContentType!.MediaType);
        Assert.Equal(HttpMethod.Get, exception.HttpMethod);
        Assert.Equal("/r", exception.Uri!.AbsolutePath);
        Assert.Equal(ErrorJson, exception.Content);
        Assert.True(exception.HasContent);
        Assert.Equal(new Person("error", 1), await exception.GetContentAsAsync<Person>());
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public async Task Status_Nothing_ThrowsApiException()
    {
        Server.Answer = LoopbackServer.Fixed(500, "Oops", null, "");

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => Api.NothingAsync());

        Assert.Equal(HttpStatusCode.InternalServerError, exception.StatusCode);
        Assert.False(exception.HasContent);
        Assert.Null(await exception.GetContentAsAsync<Person>());
    }

    [Fact]
    public async Task Status_StreamTextOrContent_ThrowsApiException()
    {
        Server.Answer = LoopbackServer.Fixed(404, "Not Found", "text/plain", "gone");

        Assert.Equal("gone", (await Assert.ThrowsAsync<ApiException>(() => Api.StreamAsync())).Content);
        Assert.Equal("gone", (await Assert.ThrowsAsync<ApiException>(Api.TextAsync)).Content);
        Assert.Equal("gone", (await Assert.ThrowsAsync<ApiException>(Api.HttpContentAsync)).Content);
    }

    [Fact]
    public async Task Status_ApiResponse_HasTheErrorAndThrowsWhenAsked()
    {
        Server.Answer = LoopbackServer.Fixed(404, "Not Found", "text/plain", "gone");

        using ApiResponse<string> response = await Api.TextResponseAsync();

        Assert.False(response.IsSuccessful);
        Assert.Null(response.Content);
        Assert.Equal("gone", response.Error!.Content);
        Assert.Same(response.Error, await Assert.ThrowsAsync<ApiException>(async () => await response.EnsureSuccessStatusCodeAsync()));
    }

    [Fact]
    public async Task Status_ProblemJson_ThrowsValidationApiException()
    {
        Server.Answer = LoopbackServer.Fixed(400, "Bad Request", "application/problem+json", """{"title":"No","status":400,"errors":{"name":["empty"]},"extra":1}""");

        ValidationApiException exception = await Assert.ThrowsAsync<ValidationApiException>(() => Api.ContentAsync());

        Assert.Equal("No", exception.Content!.Title);
        Assert.Equal(400, exception.Content.Status);
        Assert.Equal(["empty"], exception.Content.Errors["name"]);
        Assert.Contains("extra", exception.Content.Extensions);
        Assert.Contains("title", ((ApiException)exception).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ProblemJsonThatIsNone_ThrowsApiException()
    {
        Server.Answer = LoopbackServer.Fixed(400, "Bad Request", "application/problem+json", "<html>");

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => Api.ContentAsync());

        Assert.Equal("<html>", exception.Content);
    }

    [Fact]
    public async Task ExceptionFactory_OwnException_IsThrown()
    {
        RefitSettings settings = CreateSettings();
        settings.ExceptionFactory = async response => await Task.FromResult(new InvalidDataException(response.ReasonPhrase));

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => Client<IResponseApi>(settings).ContentAsync());

        Assert.Equal("OK", exception.Message);
    }

    [Fact]
    public async Task Connection_Refused_ThrowsHttpRequestException()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        IResponseApi api = RestService.For<IResponseApi>($"http://127.0.0.1:{port}", CreateSettings());

        await Assert.ThrowsAsync<HttpRequestException>(() => api.ContentAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => api.ApiResponseAsync());
    }

    [Fact]
    public async Task Cancellation_BeforeTheHeaders_ThrowsTaskCanceledException()
    {
        using CancellationTokenSource source = new();
        Server.Answer = async (_, token) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        };

        await Assert.ThrowsAsync<TaskCanceledException>(() => Api.ContentAsync(source.Token));
    }

    [Fact]
    public async Task Cancellation_WhileTheBodyIsRead_IsTheCauseOfAnApiException()
    {
        (IResponseApi api, Task reading) = StallInTheBody();
        using CancellationTokenSource source = new();

        Task<Person> call = api.ContentAsync(source.Token);
        await reading;
        await source.CancelAsync();

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => call);
        Assert.IsAssignableFrom<OperationCanceledException>(exception.InnerException);
    }

    [Fact]
    public async Task Cancellation_WhileTheBodyOfAnApiResponseIsRead_IsTheCauseOfItsError()
    {
        (IResponseApi api, Task reading) = StallInTheBody();
        using CancellationTokenSource source = new();

        Task<IApiResponse<Person>> call = api.ApiResponseAsync(source.Token);
        await reading;
        await source.CancelAsync();

        using IApiResponse<Person> response = await call;
        Assert.True(response.IsSuccessStatusCode);
        Assert.False(response.IsSuccessful);
        Assert.IsAssignableFrom<OperationCanceledException>(response.Error!.InnerException);
    }

    [Theory]
    [InlineData("""{"name":""", "application/json")]
    [InlineData("<html>", "text/html")]
    [InlineData("", "application/json")]
    public async Task Body_NotJson_IsAnApiExceptionAroundAJsonException(string body, string mediaType)
    {
        Server.Answer = LoopbackServer.Fixed(200, "OK", mediaType, body);

        ApiException exception = await Assert.ThrowsAsync<ApiException>(() => Api.ContentAsync());
        using IApiResponse<Person> response = await Api.ApiResponseAsync();

        Assert.IsType<JsonException>(exception.InnerException);
        Assert.False(exception.HasContent);
        Assert.Equal(HttpStatusCode.OK, exception.StatusCode);
        Assert.IsType<JsonException>(response.Error!.InnerException);
        Assert.Null(response.Content);
        Assert.False(response.IsSuccessful);
    }

    [Fact]
    public async Task DeserializationExceptionFactory_OwnException_IsThrown()
    {
        RefitSettings settings = CreateSettings();
        settings.DeserializationExceptionFactory = async (_, cause) => await Task.FromResult(new InvalidDataException("mine", cause));
        Server.Answer = LoopbackServer.Fixed(200, "OK", "application/json", "oops");

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => Client<IResponseApi>(settings).ContentAsync());

        Assert.IsType<JsonException>(exception.InnerException);
    }

    [Fact]
    public async Task DeserializationExceptionFactory_Null_GivesNoContent()
    {
        RefitSettings settings = CreateSettings();
        settings.DeserializationExceptionFactory = async (_, _) => await Task.FromResult<Exception?>(null);
        Server.Answer = LoopbackServer.Fixed(200, "OK", "application/json", "oops");

        Assert.Null(await Client<IResponseApi>(settings).ContentAsync());
    }

    private (IResponseApi Api, Task Reading) StallInTheBody()
    {
        Server.Answer = async (stream, token) =>
        {
            await stream.WriteAsync(LoopbackServer.Head(200, "OK", "application/json", 100), token);
            await stream.WriteAsync("{\"name\":"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        };
        SignallingSerializer serializer = new(CreateSerializer());
        return (Client<IResponseApi>(new RefitSettings(serializer)), serializer.Reading);
    }
}
