using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Kept;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests;

/// <summary>Text that users give, wherever it ends up in the head of a request: it is refused, or it stays where it belongs.</summary>
public sealed class InjectionTests
{
    private const string Models = """{"object":"list","data":[{"id":"m"}]}""";
    private const string Kept = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}]}""";

    private static readonly string[] Values =
    [
        "a\r\nX-Injected: 1", "a\nX-Injected: 1", "a\rX-Injected: 1", "a HTTP/1.1\r\n\r\nGET /v1/injected HTTP/1.1\r\nX-Injected: 1", "\0", "\u0001", "\u007f", "\u0085X-Injected: 1",
        "\u2028X-Injected: 1", "käse", "模型", "💥", "\u560aX-Injected", "%0d%0aX-Injected: 1", "\ud800",
        "..", ".", "../x", "../../x", "/x", "//example.com/x", "a/b?c", "a/../../x", "a\\..\\x", "..\\x", "%2e%2e", "%2e%2e%2fx", "a?key=1", "a#b", "a&b=c", "a;b", "a b", "http://example.com/x", "@example.com", "",  " ",
    ];

    // What is called, by where the value goes. What ends with / is what must be before the value, or before what the address itself leads to; else it is the whole path.
    private static readonly (string Place, string Path, Func<Uri, string, Task> Call)[] Places =
    [
        ("model in a path", "/v1/models/", (uri, value) => CallAsync(uri, connection => connection.Models.GetAsync(value, CallSettings.None, default))),
        ("completion", "/v1/chat/completions/", (uri, value) => CallAsync(uri, connection => connection.StoredCompletions.GetAsync(value, [], CallSettings.None, default))),
        ("completion to delete", "/v1/chat/completions/", (uri, value) => CallAsync(uri, connection => connection.StoredCompletions.DeleteAsync(value, CallSettings.None, default))),
        ("completion to change", "/v1/chat/completions/", (uri, value) => CallAsync(uri, connection => connection.StoredCompletions.UpdateAsync(value, new Dictionary<string, string> { ["a"] = "b" }, CallSettings.None, default))),
        ("messages of a completion", "/v1/chat/completions/", (uri, value) => CallAsync(uri, connection => connection.StoredCompletions.GetMessagesAsync(value, CallSettings.None, default))),
        ("response", "/v1/responses/", (uri, value) => CallAsync(uri, connection => connection.Responses.GetAsync(value, [], CallSettings.None, default))),
        ("response to delete", "/v1/responses/", (uri, value) => CallAsync(uri, connection => connection.Responses.DeleteAsync(value, CallSettings.None, default))),
        ("response to stop", "/v1/responses/", (uri, value) => CallAsync(uri, connection => connection.Responses.CancelAsync(value, CallSettings.None, default))),
        ("items of a response", "/v1/responses/", (uri, value) => CallAsync(uri, connection => connection.Responses.GetMessagesAsync(value, CallSettings.None, default))),
        ("deployment of Azure", "/v1/deployments/", (uri, value) => CallAsync(
            uri, connection => connection.CompleteAsync(), new() { BaseUri = uri, Dialect = KnownDialects.AzureOpenAI, ApiVersion = "2024-10-21", Model = value })),
        ("model to list by", "/v1/chat/completions", (uri, value) => CallAsync(uri, connection =>
            Engine.CollectAsync(connection.StoredCompletions.ListAsync(new StoredCompletionFilter { Model = value }, CallSettings.None, default)))),
        ("note to list by", "/v1/chat/completions", (uri, value) => CallAsync(uri, connection =>
            Engine.CollectAsync(connection.StoredCompletions.ListAsync(new StoredCompletionFilter { Metadata = new Dictionary<string, string> { [value] = value } }, CallSettings.None, default)))),
        ("model in a body", "/v1/chat/completions", (uri, value) => CallAsync(uri, connection => connection.CompleteAsync(), new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, Model = "m" + value })),
        ("name of a query field", "/v1/models", (uri, value) => ListAsync(uri, new() { AdditionalQuery = new Dictionary<string, string> { [value] = "v" } })),
        ("value of a query field", "/v1/models", (uri, value) => ListAsync(uri, new() { AdditionalQuery = new Dictionary<string, string> { ["n"] = value } })),
        ("name of a header", "/v1/models", (uri, value) => ListAsync(uri, new() { AdditionalHeader = new Dictionary<string, string> { [value] = "v" } })),
        ("value of a header", "/v1/models", (uri, value) => ListAsync(uri, new() { AdditionalHeader = new Dictionary<string, string> { ["X-A"] = value } })),
        ("name of a connection's header", "/v1/models", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, AdditionalHeader = new Dictionary<string, string> { [value] = "v" } })),
        ("value of a connection's header", "/v1/models", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, AdditionalHeader = new Dictionary<string, string> { ["X-A"] = value } })),
        ("organization", "/v1/models", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, Organization = value })),
        ("project", "/v1/models", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, Project = value })),
        ("key", "/v1/models", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = uri, Key = Engine.Secret(value) })),
        ("address", "/", (uri, value) => ListAsync(uri, settings: new() { Dialect = KnownDialects.OpenAI, BaseUri = BaseAddress.Parse($"{uri}/{value}", "-BaseUri", KnownDialects.OpenAI) })),
    ];

    public static TheoryData<string> AllPlaces => [.. Places.Select(place => place.Place)];

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public async Task Call_AnyText_IsRefusedOrStaysWhereItBelongs(string place)
    {
        (_, string path, Func<Uri, string, Task> call) = Places.Single(candidate => candidate.Place == place);
        foreach (string value in Values)
        {
            using RawServer server = RawServer.Answering(200, place.Contains("completion", StringComparison.Ordinal) ? Kept : Models);

            ChatServiceException? failure = await Record.ExceptionAsync(() => call(server.BaseUri, value)) is { } thrown ? Assert.IsType<ChatServiceException>(thrown) : null;

            if (server.Exchanges.Count == 0)
            {
                Assert.Equal((value, ErrorIds.InvalidRequest), (value, failure?.ErrorId));
                Assert.NotEmpty(failure!.RecommendedAction);
                Assert.DoesNotContain(failure.Message, char.IsControl);
            }
            else
            {
                AssertIntact(Assert.Single(server.Exchanges), path, value);
            }
        }
    }

    [Theory]
    [InlineData("a/b?c", "a%2Fb%3Fc")]
    [InlineData("../x", "..%2Fx")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("模型", "%E6%A8%A1%E5%9E%8B")]
    [InlineData("openai/gpt-4o:free", "openai%2Fgpt-4o%3Afree")]
    public async Task Get_AnyModel_IsOneSegment(string model, string segment)
    {
        using RawServer server = RawServer.Answering(200, """{"id":"m"}""");
        using ServiceConnection connection = Engine.Connect(server);

        await connection.Models.GetAsync(model, CallSettings.None, default);

        Assert.StartsWith($"GET /v1/models/{segment} HTTP/1.1\r\n", Assert.Single(server.Exchanges).Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("Connection")]
    [InlineData("Upgrade")]
    public void Validate_HeaderThatFramesTheRequest_IsRefused(string name)
    {
        Dictionary<string, string> headers = new() { [name] = "1" };

        Assert.Contains(name, Engine.AssertInvalid(() => new ConnectionSettings { Dialect = KnownDialects.OpenAI, AdditionalHeader = headers }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains(name, Engine.AssertInvalid(() => new CallSettings { AdditionalHeader = headers }.Validate()).Message, StringComparison.Ordinal);
    }

    private static void AssertIntact(RawExchange request, string path, string value)
    {
        string[] lines = request.Head.Split("\r\n");
        string[] line = lines[0].Split(' ');
        Assert.Equal((value, 3, "HTTP/1.1"), (value, line.Length, line[^1]));
        string called = line[1].Split('?')[0];
        Assert.True(path.EndsWith('/') ? called.StartsWith(path, StringComparison.Ordinal) && called.Length > path.Length : called == path, $"'{value}' called {called}");
        Assert.All(request.Head, c => Assert.InRange(c, '\n', '~'));
        Assert.DoesNotContain(lines.Skip(1), header => header.StartsWith("X-Injected", StringComparison.OrdinalIgnoreCase));
        Assert.All(lines, header => Assert.DoesNotContain('\r', header));
        Assert.All(lines, header => Assert.DoesNotContain('\n', header));
        Assert.Equal($"127.0.0.1:{request.Port}", request.Header("Host"));
    }

    private static Task ListAsync(Uri uri, CallSettings? call = null, ConnectionSettings? settings = null) =>
        CallAsync(uri, connection => connection.Models.ListAsync(call ?? CallSettings.None, default), settings);

    private static async Task CallAsync(Uri uri, Func<ServiceConnection, Task> call, ConnectionSettings? settings = null)
    {
        using ServiceConnection connection = settings is null ? Engine.Connect(uri) : Engine.Connect(settings);
        await call(connection).WaitAsync(Engine.Patience);
    }
}
