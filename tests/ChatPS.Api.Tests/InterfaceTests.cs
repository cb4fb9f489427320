using System.Net;
using System.Reflection;
using System.Text;
using ChatPS.Api.Chat;
using ChatPS.Api.Errors;
using ChatPS.Api.Models;
using ChatPS.Api.Moderations;
using ChatPS.Api.Text;
using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Tests;

public sealed class InterfaceTests : IDisposable
{
    private readonly RecordingHandler _handler = new();
    private readonly HttpClient _http;

    public InterfaceTests() => _http = new HttpClient(_handler) { BaseAddress = new Uri("http://localhost/v1") };

    public static TheoryData<MethodInfo> Methods => [.. typeof(IModelsApi).Assembly.GetTypes()
        .Where(type => type.IsInterface && type.Name.EndsWith("Api", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods())];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_Always_EndsInTheCommonParameters(MethodInfo method)
    {
        var common = method.GetParameters()[^2..];

        Assert.Equal(CallProperty.Key, common[0].GetCustomAttribute<PropertyAttribute>()!.Key);
        Assert.Equal(typeof(CancellationToken), common[1].ParameterType);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_Always_IsEitherPlainOrStreamed(MethodInfo method)
    {
        var result = Assert.Single(method.ReturnType.GetGenericArguments());

        Assert.True(result == typeof(HttpResponseMessage)
            ? method.GetCustomAttribute<HeadersAttribute>()!.Headers is ["Accept: text/event-stream, application/json"] or ["Accept: */*", ..] or ["Accept: image/*"]
            : result.GetGenericTypeDefinition() == typeof(IApiResponse<>) && result.GetGenericArguments()[0].IsSubclassOf(typeof(ApiResponseBody)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_WithBody_SendsItsLength(MethodInfo method) => Assert.All(
        method.GetParameters().Where(parameter => parameter.ParameterType.IsSubclassOf(typeof(ApiRequest))),
        parameter => Assert.True(parameter.GetCustomAttribute<BodyAttribute>()!.Buffered));

    [Fact]
    public async Task Models_EachMethod_SendsItsRoute()
    {
        var api = Client<IModelsApi>();

        await api.ListAsync(null, null, default);
        Assert.Equal("GET http://localhost/v1/models", _handler.Line);
        await api.GetAsync("ft:gpt/a b", null, default);
        Assert.Equal("GET http://localhost/v1/models/ft%3Agpt%2Fa%20b", _handler.Line);
        await api.DeleteAsync("m", null, default);
        Assert.Equal("DELETE http://localhost/v1/models/m", _handler.Line);
    }

    [Fact]
    public async Task CreateAndStream_EachResource_SendTheBody()
    {
        await Client<IChatCompletionsApi>().CreateAsync(new() { Model = "a" }, null, default);
        Assert.Equal(("POST http://localhost/v1/chat/completions", """{"model":"a"}""", 13L), (_handler.Line, _handler.Body, _handler.Length));
        Assert.Equal("", _handler.Accept);
        using var chat = await Client<IChatCompletionsApi>().StreamAsync(new() { Model = "b" }, null, default);
        Assert.Equal(("POST http://localhost/v1/chat/completions", """{"model":"b"}""", "text/event-stream, application/json"), (_handler.Line, _handler.Body, _handler.Accept));

        await Client<ICompletionsApi>().CreateAsync(new() { Model = "c" }, null, default);
        Assert.Equal(("POST http://localhost/v1/completions", """{"model":"c"}"""), (_handler.Line, _handler.Body));
        using var text = await Client<ICompletionsApi>().StreamAsync(new() { Model = "d" }, null, default);
        Assert.Equal(("POST http://localhost/v1/completions", """{"model":"d"}""", "text/event-stream, application/json"), (_handler.Line, _handler.Body, _handler.Accept));

        await Client<IModerationsApi>().CreateAsync(new() { Input = new(["e"]) }, null, default);
        Assert.Equal(("POST http://localhost/v1/moderations", """{"input":"e"}"""), (_handler.Line, _handler.Body));
    }

    [Fact]
    public async Task StoredCompletions_EachMethod_SendsItsRoute()
    {
        var api = Client<IChatCompletionsApi>();

        await api.ListAsync(new Dictionary<string, string> { ["metadata[a b]"] = "1&2" }, null, default);
        Assert.Equal("GET http://localhost/v1/chat/completions?metadata%5Ba%20b%5D=1%262", _handler.Line);
        await api.GetAsync("a/b", null, default);
        Assert.Equal("GET http://localhost/v1/chat/completions/a%2Fb", _handler.Line);
        await api.ListMessagesAsync("c", null, null, default);
        Assert.Equal("GET http://localhost/v1/chat/completions/c/messages", _handler.Line);
        await api.UpdateAsync("c", new() { Metadata = new Dictionary<string, string> { ["run"] = "7" } }, null, default);
        Assert.Equal(("POST http://localhost/v1/chat/completions/c", """{"metadata":{"run":"7"}}"""), (_handler.Line, _handler.Body));
        await api.DeleteAsync("c", null, default);
        Assert.Equal("DELETE http://localhost/v1/chat/completions/c", _handler.Line);
    }

    [Fact]
    public async Task StoredCompletions_List_KeepsTheJsonOfEach()
    {
        _handler.Answer(HttpStatusCode.OK, """{"object":"list","data":[{"id":"a","x":1},null,{"id":"b"}],"first_id":"a","last_id":"b","has_more":true}""");

        using var response = await Client<IChatCompletionsApi>().ListAsync(null, null, default);

        Assert.Equal(["""{"id":"a","x":1}""", """{"id":"b"}"""], response.Content!.Data!.Select(item => item.Raw));
        Assert.Equal(("b", true), (response.Content.LastId, response.Content.HasMore));
    }

    [Fact]
    public async Task Call_QueryAndProperty_Travel()
    {
        var call = new object();

        await Client<IModelsApi>().ListAsync(new Dictionary<string, string> { ["after"] = "a b", ["limit"] = "2" }, call, default);

        Assert.Equal("GET http://localhost/v1/models?after=a%20b&limit=2", _handler.Line);
        Assert.Same(call, _handler.Call);
    }

    [Fact]
    public async Task Answer_OfSuccess_IsTyped()
    {
        _handler.Answer(HttpStatusCode.OK, """{"object":"list","data":[{"id":"gpt-4o"}]}""");

        using var response = await Client<IModelsApi>().ListAsync(null, null, default);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("gpt-4o", Assert.Single(response.Content!.Data!).Id);
    }

    [Fact]
    public async Task Answer_OfFailure_IsReportedWithItsBody()
    {
        _handler.Answer(HttpStatusCode.NotFound, """{"error":{"message":"no such model","code":"model_not_found"}}""");

        using var response = await Client<IModelsApi>().GetAsync("x", null, default);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(ApiError.TryParse(((ApiException)response.Error!).Content, out var error));
        Assert.Equal(("no such model", "model_not_found"), (error.Message, error.Code));
    }

    [Fact]
    public async Task Answer_OfSuccessWithoutABody_IsNeitherContentNorError()
    {
        _handler.Answer(HttpStatusCode.OK, "");

        using var response = await Client<IModelsApi>().GetAsync("x", null, default);

        Assert.Equal((true, null, null), (response.IsSuccessStatusCode, response.Content, response.Error));
    }

    [Theory]
    [InlineData("{\"id\":")]
    [InlineData("<html></html>")]
    [InlineData("{\"error\":{\"message\":\"m\"}}")]
    public async Task Answer_OfSuccessThatIsNone_CarriesTheWireFormatException(string body)
    {
        _handler.Answer(HttpStatusCode.OK, body);

        using var response = await Client<IModelsApi>().GetAsync("x", null, default);

        Assert.Equal(body, Assert.IsType<WireFormatException>(response.Error!.InnerException).Body);
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private T Client<T>() => RestService.ForGenerated<T>(_http, WireSettings.Create(Wire.ContextOf(typeof(T)), Wire.ContextOf(typeof(T))));

    private sealed class RecordingHandler : HttpMessageHandler
    {
        private (HttpStatusCode Status, string Body) _answer = (HttpStatusCode.OK, "{}");

        public string? Line { get; private set; }

        public string? Body { get; private set; }

        public long? Length { get; private set; }

        public string? Accept { get; private set; }

        public object? Call { get; private set; }

        public void Answer(HttpStatusCode status, string body) => _answer = (status, body);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Line = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
            Length = request.Content?.Headers.ContentLength;
            Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            Accept = request.Headers.Accept.ToString();
            Call = request.Options.TryGetValue(new HttpRequestOptionsKey<object?>(CallProperty.Key), out var call) ? call : null;
            return new HttpResponseMessage(_answer.Status) { Content = new StringContent(_answer.Body, Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
