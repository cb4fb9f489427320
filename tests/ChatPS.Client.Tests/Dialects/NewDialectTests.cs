using System.Text.Json.Serialization;
using ChatPS.Api.Chat;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Dialects;
using ChatPS.Client.Dialects.OpenAI;
using Refit;

namespace ChatPS.Client.Tests.Dialects;

/// <summary>The dialect that docs/contributing.md shows, word for word.</summary>
public sealed class NewDialectTests
{
    [Fact]
    public async Task Complete_ByTheNewDialect_GoesItsOwnWay()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Connect(server);

        Assert.Equal("hi", (await connection.CompleteAsync()).Text);

        RawExchange exchange = Assert.Single(server.Exchanges);
        Assert.StartsWith("POST /v1/talk ", exchange.Head, StringComparison.Ordinal);
        Assert.Equal(Engine.Key, exchange.Header("x-talk-key"));
        Assert.Null(exchange.Header("Authorization"));
    }

    [Fact]
    public async Task Stream_ByTheNewDialect_ComesPieceByPiece()
    {
        using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text("he")), Engine.Event(Engine.Text("llo", "stop")), Engine.Event("[DONE]"));
        using ServiceConnection connection = Connect(server);

        List<ChatCompletionUpdate> updates = await connection.StreamAsync();

        Assert.Equal(["he", "llo", ""], updates.Select(update => update.Text));
        Assert.Equal("hello", updates[^1].Completion!.Text);
    }

    [Fact]
    public async Task Complete_WhatItCannot_IsRefused()
    {
        using RawServer server = RawServer.Answering(200, Engine.Answer("hi"));
        using ServiceConnection connection = Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => connection.Chat.CompleteAsync(Engine.Ask() with { N = 2 }, CallSettings.None, CancellationToken.None));

        Assert.StartsWith("-N: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Exchanges);
    }

    [Fact]
    public void Contributing_ShowsThisDialect()
    {
        string page = Repository.Read("docs", "contributing.md");
        int start = page.IndexOf("internal interface ITalkApi", StringComparison.Ordinal);
        string shown = page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Trim();

        Assert.Contains(shown, Repository.Read("tests", "ChatPS.Client.Tests", "Dialects", "NewDialectTests.cs"), StringComparison.Ordinal);
    }

    private static ServiceConnection Connect(RawServer server) => new(
        new ConnectionSettings { BaseUri = server.BaseUri, Dialect = new TalkDialect(), Key = Engine.Secret(Engine.Key), Model = "m", MaxRetry = 0 }, TimeProvider.System, () => 0.5);
}

internal interface ITalkApi
{
    [Post("/talk")]
    Task<IApiResponse<ChatCompletionResponse>> AskAsync([Body(buffered: true)] ChatCompletionRequest request, [Property("ChatPS.Call")] object? call, CancellationToken cancellationToken);

    [Post("/talk")]
    Task<HttpResponseMessage> StreamAsync([Body(buffered: true)] ChatCompletionRequest request, [Property("ChatPS.Call")] object? call, CancellationToken cancellationToken);
}

internal sealed class TalkDialect : ChatDialect<ITalkApi, ChatCompletionRequest, ChatCompletionResponse, ChatCompletionChunk>
{
    public override string Name => "Talk";

    internal override string? KeyHeader => "x-talk-key";

    public override IReadOnlyCollection<string> Supported { get; } = [nameof(ChatRequest.Temperature), nameof(ChatRequest.MaxTokens), nameof(ChatRequest.Stop)];

    protected override JsonSerializerContext Answers => ChatJsonContext.Default;

    protected override string SampleAnswer => OpenAIDialect.Sample;

    protected override ChatCompletionRequest ToWire(ChatRequest request, string model, bool stream) => ChatMapper.ToWire(request, model, stream);

    protected override ChatCompletion FromWire(ChatCompletionResponse response, ChatRequest request, IAnswerOrigin origin) => ChatMapper.FromWire(response, request, origin);

    protected override IStreamAccumulator<ChatCompletionChunk, ChatCompletionUpdate> Accumulate(ChatRequest request) => new ChatAccumulator(request);

    protected override Task<IApiResponse<ChatCompletionResponse>> SendAsync(ITalkApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.AskAsync(body, call, cancellationToken);

    protected override Task<HttpResponseMessage> OpenAsync(ITalkApi api, ChatCompletionRequest body, CallContext call, CancellationToken cancellationToken) =>
        api.StreamAsync(body, call, cancellationToken);
}
