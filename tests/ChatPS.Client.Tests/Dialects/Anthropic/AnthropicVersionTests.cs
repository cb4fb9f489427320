using System.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>The two versions of the API, and what each takes.</summary>
public sealed class AnthropicVersionTests
{
    private const string New = "2026-10-21";
    private const string Hello = """{"type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}""";

    [Theory]
    [InlineData(null, "2023-06-01")]
    [InlineData(New, New)]
    [InlineData("2031-01-01", "2031-01-01")]
    public async Task Version_OfTheConnection_IsInTheHeader(string? version, string expected)
    {
        using RawServer server = RawServer.Answering(200, Hello);
        using ServiceConnection connection = Connect(server.BaseUri, version);

        await connection.CompleteAsync();

        Assert.Equal(expected, Assert.Single(server.Exchanges).Header("anthropic-version"));
    }

    [Theory]
    [InlineData("-Temperature")]
    [InlineData("-TopP")]
    [InlineData("-TopK")]
    public async Task NewVersion_Sampling_IsRefusedBeforeItIsSent(string parameter)
    {
        using RawServer server = RawServer.Answering(200, Hello);
        using ServiceConnection connection = Connect(server.BaseUri, New);
        ChatRequest request = parameter switch
        {
            "-Temperature" => Engine.Ask() with { Temperature = 1 },
            "-TopP" => Engine.Ask() with { TopP = 1 },
            _ => Engine.Ask() with { TopK = 5 },
        };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None));

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.StartsWith(parameter + ": version " + New, failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ApiVersion 2023-06-01", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public void NewVersion_LinesOfABatch_AreCheckedAsWell() => Assert.Throws<ChatServiceException>(() => Json(Engine.Ask() with { TopP = 0.5 }, New));

    [Fact]
    public void NewVersion_FileOfTheAssistant_IsRefused()
    {
        ChatMessage message = new() { Role = "assistant", Content = [ChatContent.FromText("See."), new ChatContent { Type = "file", FileId = "file_1" }] };
        ChatRequest request = new() { Messages = [new ChatMessage("user", "hi"), message, new ChatMessage("user", "and?")] };

        ChatServiceException failure = Assert.Throws<ChatServiceException>(() => Json(request, New));

        Assert.Contains("role 'assistant' holds a file", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"document\"", Json(request, null), StringComparison.Ordinal);
    }

    [Fact]
    public void NewVersion_CitationsOfAnAnswer_GoBackWithTheAssistantOnly()
    {
        const string Raw = """[{"type":"text","text":"cold","citations":[{"type":"char_location","cited_text":"4 C"}]}]""";
        ChatMessage answer = new("assistant", "cold") { Raw = Raw, RawDialect = "Anthropic" };

        string json = Json(new ChatRequest { Messages = [new ChatMessage("user", "hi"), answer, new ChatMessage("user", "cold") { Raw = Raw, RawDialect = "Anthropic" }] }, New);

        Assert.EndsWith("""{"role":"assistant","content":[{"type":"text","text":"cold","citations":[{"type":"char_location","cited_text":"4 C"}]}]},{"role":"user","content":[{"type":"text","text":"cold"}]}]}""", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temperature: Extra inputs are not permitted", "-Temperature")]
    [InlineData("top_k: Extra inputs are not permitted", "-TopK")]
    [InlineData("`top_p` is deprecated for this model.", "-TopP")]
    public async Task Refusal_OfSampling_NamesParameterAndVersion(string said, string parameter)
    {
        using RawServer server = RawServer.Answering(400, $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{said}}}"}}""");
        using ServiceConnection connection = Connect(server.BaseUri, "2031-01-01");

        ChatServiceException failure = await connection.FailAsync();

        Assert.Equal(ErrorIds.InvalidRequest, failure.ErrorId);
        Assert.Contains(parameter, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("2031-01-01", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\\"thinking.type.enabled\\\" is not supported for this model. Use \\\"thinking.type.adaptive\\\".", "-ReasoningEffort")]
    [InlineData("`max_tokens` must be greater than `thinking.budget_tokens`.", "Correct the request")]
    public async Task Refusal_OfThinking_SaysTheOtherWay(string said, string advice)
    {
        using RawServer server = RawServer.Answering(400, $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{said}}}"}}""");
        using ServiceConnection connection = Connect(server.BaseUri, null);

        Assert.Contains(advice, (await connection.FailAsync()).RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-test-1", "x-api-key", "sk-test-1")]
    [InlineData("sk-ant-oat-test-1", "Authorization", "Bearer sk-ant-oat-test-1")]
    public async Task Key_ByItsLook_HasItsHeader(string key, string header, string expected)
    {
        using RawServer server = RawServer.Answering(200, Hello);
        using ServiceConnection connection = new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Anthropic, Key = Engine.Secret(key), Model = "m", MaxRetry = 0 });

        await connection.CompleteAsync();

        Assert.Equal(expected, Assert.Single(server.Exchanges).Header(header));
    }

    [Fact]
    public void Version_WithALineBreak_IsRefused() =>
        Assert.Contains("-ApiVersion", Assert.Throws<ChatServiceException>(() => Connect(new Uri("https://api.example.com/v1"), "2023\r\nX: y")).Message, StringComparison.Ordinal);

    private static string Json(ChatRequest request, string? version) => Encoding.UTF8.GetString(KnownDialects.Anthropic.Chat.ToJson(
        request with { Model = "m" }, new ConnectionSettings { Dialect = KnownDialects.Anthropic, ApiVersion = version }, CallSettings.None));

    private static ServiceConnection Connect(Uri address, string? version) =>
        new(new ConnectionSettings { BaseUri = address, Dialect = KnownDialects.Anthropic, ApiVersion = version, Model = "m", MaxRetry = 0 });
}
