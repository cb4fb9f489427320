using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Text;
using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Text;

/// <summary>Legacy text completions of one connection.</summary>
public sealed class TextService : GenerationService<TextRequest, ChatTextCompletion, ChatTextCompletionUpdate>
{
    internal TextService(ServiceConnection connection)
        : base(connection)
    {
    }

    private protected override TextRequest With(TextRequest request, string model, IReadOnlyList<string> fallbackFrom) =>
        request with { Model = model, FallbackFrom = fallbackFrom };

    private protected override ArraySegment<byte> ToJson(TextRequest request, CallSettings settings) =>
        WireJson.Write(TextMapper.ToWire(request, Connection.Settings, settings, stream: false), TextJsonContext.Default);

    private protected override int EstimateInput(TextRequest request) =>
        TokenEstimate.FromBytes(PlainJson.Write(request.Prompt, "-Prompt").Length);

    private protected override string PromptOf(TextRequest request) => request.Prompt as string ?? PlainJson.Write(request.Prompt, "-Prompt");

    private protected override int? OutputLimit(TextRequest request) => request.MaxTokens;

    private protected override StreamTexts TextsOf(ChatTextCompletionUpdate update) => new(update.Text);

    private protected override ChatTextCompletionUpdate ToUpdate(int index, StreamTexts texts) => new() { Index = index, Text = texts.Text };

    private protected override ChatTextCompletion? WholeOf(ChatTextCompletionUpdate update) => update.Completion;

    private protected override IReadOnlyList<ChatTextCompletionUpdate> ToUpdates(ChatTextCompletion answer) =>
        [new ChatTextCompletionUpdate { Text = answer.Text }, new ChatTextCompletionUpdate { Completion = answer }];

    private protected override ChatTextCompletion Restore(CheckpointRecord record, TextRequest request, IAnswerOrigin origin) => record.IsStream
        ? StreamedAnswer.Replay(record.Raw, TextJsonContext.Default, new TextAccumulator(request), origin).Completion!
        : RestoreWhole(record.Raw, request, origin);

    private protected override Task<ChatTextCompletion> AskAsync(TextRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        Connection.Require<OpenAIEndpoints>("text completions");
        CompletionRequest body = TextMapper.ToWire(request, Connection.Settings, settings, stream: false);
        return Connection.SendAsync(
            settings,
            (call, token) => Connection.Client<ICompletionsApi>(TextJsonContext.Default).CreateAsync(body, call, token),
            (response, call) => TextMapper.FromWire(response, request, call),
            cancellationToken,
            body.Model,
            (events, call) => ReadEvents(events, request, call));
    }

    private protected override IAsyncEnumerable<ChatTextCompletionUpdate> AskForStreamAsync(
        TextRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken)
    {
        Connection.Require<OpenAIEndpoints>("text completions");
        CompletionRequest body = TextMapper.ToWire(request, Connection.Settings, settings, stream: true);
        return StreamedAnswer.AskAsync<CompletionResponse, CompletionResponse, ChatTextCompletionUpdate>(
            Connection,
            settings,
            body.Model,
            (call, token) => Connection.Client<ICompletionsApi>(TextJsonContext.Default).StreamAsync(body, call, token),
            TextJsonContext.Default,
            new TextAccumulator(request),
            (whole, call) => ToUpdates(TextMapper.FromWire(whole, request, call)),
            cameWhole,
            cancellationToken);
    }

    private static ChatTextCompletion RestoreWhole(string raw, TextRequest request, IAnswerOrigin origin)
    {
        try
        {
            return TextMapper.FromWire(WireJson.Read<CompletionResponse>(raw, TextJsonContext.Default), request, origin);
        }
        catch (WireFormatException) when (EventBody.HoldsEvents(raw))
        {
            return ReadEvents(raw, request, origin);
        }
    }

    private static ChatTextCompletion ReadEvents(string body, TextRequest request, IAnswerOrigin origin)
    {
        IReadOnlyList<ChatTextCompletionUpdate> updates = StreamedAnswer.ReadBody(body, TextJsonContext.Default, new TextAccumulator(request), origin);
        return updates[updates.Count - 1].Completion!;
    }
}
