using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Providers;
using ChatPS.Client.Runs;
using ChatPS.Client.Tools;
using ChatPS.Sandbox;
using ChatPS.Sandbox.Requests;

namespace ChatPS.Client.Tests.Dialects.Anthropic;

/// <summary>What is Anthropic's own, against the sandbox.</summary>
public sealed class AnthropicSandboxTests : IDisposable
{
    private static readonly Dictionary<string, object?> City = Map(
        ("type", "object"),
        ("properties", Map(("name", Map(("type", "string"))), ("people", Map(("type", "integer"), ("minimum", 0))))),
        ("required", new List<object?> { "name", "people" }),
        ("additionalProperties", false));

    private readonly SandboxServer _server = SandboxServer.Start(new SandboxOptions { RequiredKey = Engine.Key });
    private readonly ServiceConnection _connection;

    public AnthropicSandboxTests() => _connection = new ServiceConnection(
        new ConnectionSettings { BaseUri = _server.BaseUri, Dialect = KnownDialects.Anthropic, Key = Engine.Secret(Engine.Key), Model = "sandbox-mini", MaxRetry = 0 }, TimeProvider.System, () => 0.5);

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_WhileThinking_ThoughtsGoBackSigned(bool stream)
    {
        ToolLoop loop = new(_connection.Chat, new ToolLimits(5, 10), _ => false, (call, _) =>
        {
            call.Output = $"{call.Name} ran";
            return Task.CompletedTask;
        });
        ChatRequest request = Engine.Ask("call first") with
        {
            ThinkingBudget = 2000,
            Tools = new List<object?> { Map(("type", "function"), ("function", Map(("name", "first"), ("parameters", Map(("type", "object")))))) },
        };

        ChatCompletion answer = stream
            ? (await Engine.CollectAsync(loop.StreamAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None)))[^1].Completion!
            : await loop.CompleteAsync(request, CallSettings.None, RunPlan.None, CancellationToken.None);
        ChatCompletion next = await _connection.Chat.CompleteAsync(request with { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

        Assert.Equal(("The tool answered: first ran", "I am told: first ran"), (answer.Text, answer.Reasoning));
        Assert.True(answer.Usage!.ReasoningTokens > 0);
        Assert.Equal("You said: and?", next.Text);
        Assert.Contains("\"thinking\":\"I am asked: call first\",\"signature\":\"sig_sandbox_", _server.GetRequests().Where(sent => sent.Path.EndsWith("/messages", StringComparison.Ordinal)).ElementAt(1).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BuiltInTool_WebSearch_HasSources(bool stream)
    {
        ChatRequest request = Engine.Ask("call web_search for news") with { BuiltInTools = [Map(("type", "web_search"))] };

        ChatCompletion answer = stream
            ? (await _connection.StreamAsync(request))[^1].Completion!
            : await _connection.Chat.CompleteAsync(request, CallSettings.None, CancellationToken.None);
        ChatCompletion next = await _connection.Chat.CompleteAsync(Engine.Ask() with { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

        Assert.Equal("You said: call web_search for news", answer.Text);
        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal(("web_search", "completed", "call web_search for news"), (call.Type, call.Status, call.Input));
        Assert.Equal("https://example.com/sandbox", Assert.Single(call.Sources).Url);
        Assert.Equal("https://example.com/sandbox", Assert.Single(answer.Citations).Url);
        Assert.Equal("You said: and?", next.Text);
        Assert.Contains("encrypted_content", _server.GetRequests()[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code_interpreter", "use code_interpreter", "bash_code_execution", "python -c 'print(2 + 2)'", "4\n")]
    [InlineData("code_execution_20250522", "call code_execution", "code_execution", "print(2 + 2)", "4\n")]
    [InlineData("url_context", "use url_context", "web_fetch", "https://example.com/sandbox", "A page of the sandbox.")]
    public async Task BuiltInTool_OfTheService_TellsWhatItDid(string name, string prompt, string type, string input, string output)
    {
        ChatCompletion answer = await _connection.Chat.CompleteAsync(Engine.Ask(prompt) with { BuiltInTools = [new NamedTool(name)] }, CallSettings.None, CancellationToken.None);
        ChatCompletion next = await _connection.Chat.CompleteAsync(Engine.Ask() with { Messages = [.. answer.Messages, new ChatMessage("user", "and?")] }, CallSettings.None, CancellationToken.None);

        ChatBuiltInCall call = Assert.Single(answer.BuiltInCalls);
        Assert.Equal((type, "completed", input, output), (call.Type, call.Status, call.Input, call.Output));
        Assert.Equal("You said: and?", next.Text);
    }

    [Theory]
    [InlineData("claude-sonnet-test", new[] { true })]
    [InlineData("claude-3-test", new[] { true, false })]
    public async Task TypedAnswer_OldModel_IsToldInWords(string model, bool[] told)
    {
        OutputFormat format = new("city", City) { Mode = SchemaMode.Auto };
        SandboxServer server = SandboxServer.Start(new SandboxOptions
        {
            Rules = [new SandboxRule { Model = "claude-3*", Response = (Func<SandboxRequest, object?>)(request => request.Body.Contains("output_config", StringComparison.Ordinal) ? null : """{"name":"Oslo","people":7}""") }],
        });
        using ServiceConnection connection = new(new ConnectionSettings { BaseUri = server.BaseUri, Dialect = KnownDialects.Anthropic, Model = model, MaxRetry = 0 });

        ChatCompletion answer = await connection.Chat.CompleteAsync(Engine.Ask("Which city?") with { Output = format }, CallSettings.None, CancellationToken.None);

        Assert.Equal(model == "claude-3-test", answer.Text.Contains("Oslo", StringComparison.Ordinal));
        Assert.Equal(told, server.GetRequests().Select(request => request.Body.Contains("output_config", StringComparison.Ordinal)));
        server.Dispose();
    }

    [Fact]
    public async Task Image_Pdf_AndStop_AreUnderstood()
    {
        ChatMessage message = new()
        {
            Content =
            [
                ChatContent.FromText("See ### this"),
                new ChatContent { Type = "image_url", Url = "https://example.com/a.png" },
                new ChatContent { Type = "file", Data = "data:application/pdf;base64,JVBERg==", FileName = "a.pdf", CacheBreakpoint = "explicit" },
            ],
        };

        ChatCompletion whole = await _connection.Chat.CompleteAsync(Engine.Ask() with { Messages = [message] }, CallSettings.None, CancellationToken.None);
        ChatCompletion stopped = await _connection.Chat.CompleteAsync(Engine.Ask() with { Messages = [message], Stop = ["###"] }, CallSettings.None, CancellationToken.None);

        Assert.Equal("You said: See ### this [1 image] [1 document]", whole.Text);
        Assert.Equal(("You said: See ", "stop"), (stopped.Text, stopped.FinishReason));
        Assert.Contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"###\"", stopped.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_ListAndShow_AreInTheServicesForm()
    {
        IReadOnlyList<ChatModel> models = await _connection.Models.ListAsync(CallSettings.None, CancellationToken.None);
        ChatModel model = await _connection.Models.GetAsync("sandbox-mini", CallSettings.None, CancellationToken.None);
        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(() => _connection.Models.GetAsync("nobody", CallSettings.None, CancellationToken.None));

        Assert.Contains("sandbox-mini", models.Select(item => item.Id));
        Assert.Equal("Sandbox Mini", model.DisplayName);
        Assert.Equal(2023, model.Created!.Value.Year);
        Assert.Contains("\"display_name\"", model.Raw, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ModelNotFound, failure.ErrorId);
    }

    private static Dictionary<string, object?> Map(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}
