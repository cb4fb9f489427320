using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests;

/// <summary>What a call must not show is in nothing that comes back, whole or in pieces. Secrets of others are data there.</summary>
public sealed class AnswerMaskTests
{
    private const string Others = "sk-test-of-somebody-else-0123456789";

    [Fact]
    public async Task Complete_AnswerThatQuotesTheKey_ShowsItNowhere()
    {
        using RawServer server = RawServer.Answering(
            200,
            $$$"""{"id":"{{{Engine.Key}}}","model":"m-{{{Engine.Key}}}","service_tier":"{{{Engine.Key}}}","system_fingerprint":"{{{Engine.Key}}}","choices":[{"message":{"role":"assistant","content":"Key {{{Engine.Key}}}, not {{{Others}}}","reasoning_content":"{{{Engine.Key}}}","refusal":"{{{Engine.Key}}}","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":\"{{{Engine.Key}}}\"}"}}]},"finish_reason":"stop"}]}""",
            "application/json",
            $"x-request-id: {Engine.Key}");
        using ServiceConnection connection = Engine.Connect(server);

        ChatCompletion answer = await connection.CompleteAsync();

        Assert.Equal($"Key ****, not {Others}", answer.Text);
        Assert.Equal(answer.Text, answer.Messages[^1].Text);
        Assert.Equal(("m-****", "****", "****"), (answer.Model, answer.ServiceTier, answer.SystemFingerprint));
        Assert.Equal("****", answer.RequestId);
        Assert.Equal("****", answer.Id);
        Assert.Equal("****", answer.Messages[^1].Reasoning);
        Assert.Equal("****", answer.Messages[^1].Refusal);
        Assert.Equal("""{"a":"****"}""", answer.Messages[^1].ToolCalls[0].Arguments);
        Assert.DoesNotContain(Engine.Key, answer.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_KeyInPieces_ShowsItNowhere()
    {
        string[] pieces = ["Key ", Engine.Key[..9], Engine.Key[9..], "!"];
        using RawServer server = RawServer.Streaming([.. pieces.Select(piece => Engine.Event(Engine.Text(piece))), Engine.Event("""{"choices":[{"delta":{},"finish_reason":"stop"}]}"""), "data: [DONE]\n\n"]);
        using ServiceConnection connection = Engine.Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        Assert.Equal("Key sk-****!", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal("Key ****!", updates[^1].Completion!.Text);
    }

    [Fact]
    public async Task List_ModelsThatQuoteTheKey_ShowItNowhere()
    {
        using RawServer server = RawServer.Answering(200, $$"""{"data":[{"id":"a-{{Engine.Key}}","owned_by":"{{Engine.Key}}","display_name":"{{Engine.Key}}"}]}""");
        using ServiceConnection connection = Engine.Connect(server);

        ChatModel model = Assert.Single(await connection.Models.ListAsync(CallSettings.None, CancellationToken.None));

        Assert.Equal(("a-****", "****", "****"), (model.Id, model.OwnedBy, model.DisplayName));
    }

    [Theory]
    [InlineData("authorization")]
    [InlineData("authorization_token")]
    public async Task Complete_ErrorThatQuotesTheTokenOfATool_ShowsItNowhere(string member)
    {
        const string Token = "opaque-token-of-a-server";
        using RawServer server = RawServer.Answering(400, $"The token {Token} is wrong, in {{\"{member}\":\"another\"}}", "text/plain");
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Responses, BaseUri = server.BaseUri, Model = "m" });
        ChatRequest request = Engine.Ask() with { BuiltInTools = [new Dictionary<string, object?> { ["type"] = "mcp", ["server_label"] = "x", ["server_url"] = "https://tools.example.com", ["headers"] = new Dictionary<string, object?> { [member] = Token } }] };

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None));

        Assert.Contains($$"""The token **** is wrong, in {"{{member}}":"****"}""", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, failure.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query", "-AdditionalQuery 'api_key'")]
    [InlineData("body", "-AdditionalBody 'client_secret'")]
    [InlineData("tool", "'authorization' of a tool")]
    [InlineData("secure", "A secure string")]
    public async Task Complete_SecretOverPlainHttp_IsRefusedBeforeAnythingIsSent(string where, string named)
    {
        using ServiceConnection connection = Engine.Connect(new ConnectionSettings { Dialect = KnownDialects.Responses, BaseUri = new Uri("http://service.invalid/v1"), Model = "m" });
        CallSettings settings = where switch
        {
            "query" => new CallSettings { AdditionalQuery = new Dictionary<string, string> { ["api_key"] = "opaque" } },
            "body" => new CallSettings { AdditionalBody = new Dictionary<string, object?> { ["auth_data"] = new Dictionary<string, object?> { ["client_secret"] = "opaque" } } },
            "secure" => new CallSettings { AdditionalHeader = new Dictionary<string, string> { ["X-Vendor"] = "opaque" }, Secrets = ["opaque"] },
            _ => CallSettings.None,
        };
        ChatRequest request = where == "tool" ? Engine.Ask() with { BuiltInTools = [new Dictionary<string, object?> { ["type"] = "mcp", ["server_label"] = "x", ["server_url"] = "https://tools.example.com", ["authorization"] = "opaque" }] } : Engine.Ask();

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => connection.Chat.CompleteAsync(request, settings, CancellationToken.None));

        Assert.Equal("InvalidRequest", failure.ErrorId);
        Assert.StartsWith($"{named} would travel to service.invalid over plain HTTP", failure.Message, StringComparison.Ordinal);
    }
}
