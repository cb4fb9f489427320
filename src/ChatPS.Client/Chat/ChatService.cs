using ChatPS.Client.Calls;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Chat;

/// <summary>Chat completions of one connection.</summary>
public sealed class ChatService : GenerationService<ChatRequest, ChatCompletion, ChatCompletionUpdate>
{
    private readonly StructuredChat _structured;

    internal ChatService(ServiceConnection connection)
        : base(connection) => _structured = new StructuredChat(AskOnceAsync);

    /// <summary>Makes of a whole answer what a stream would have brought.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The pieces.</returns>
    internal static IReadOnlyList<ChatCompletionUpdate> Updates(ChatCompletion answer) =>
        [new ChatCompletionUpdate { Text = answer.Text }, new ChatCompletionUpdate { Completion = answer }];

    private protected override ChatRequest With(ChatRequest request, string model, IReadOnlyList<string> fallbackFrom) =>
        request with { Model = model, FallbackFrom = fallbackFrom };

    private protected override ArraySegment<byte> ToJson(ChatRequest request, CallSettings settings) =>
        Connection.Dialect.Chat.ToJson(request.Output is null ? request : StructuredChat.Tell(request, request.Output.Mode), Connection.Settings, settings);

    private protected override int EstimateInput(ChatRequest request) =>
        request.Messages.Sum(TokenEstimate.FromMessage)
        + (request.Tools is { } tools ? TokenEstimate.FromBytes(PlainJson.Write(tools, "-Tool").Length) : 0)
        + (request.Output is { } output ? TokenEstimate.FromBytes(output.Instructions.Length) : 0)
        + (request.ResponseFormat is { } format ? TokenEstimate.FromBytes(PlainJson.Write(format, "-ResponseFormat").Length) : 0);

    private protected override string PromptOf(ChatRequest request) => request.Messages.Count == 1
        ? Words(request.Messages[0])
        : string.Join("\n\n", request.Messages.Select(message => $"{message.Role}: {Words(message)}"));

    private protected override int MostRequests(ChatRequest request) => 1 + (request.Output?.RepairAttempts ?? 0);

    private protected override int? OutputLimit(ChatRequest request) => request.MaxCompletionTokens ?? request.MaxTokens;

    private protected override CallSettings Carrying(ChatRequest request, CallSettings settings) =>
        request.BuiltInTools.Count == 0 && request.Tools is null ? settings : settings with { Carried = new[] { request.Tools, request.BuiltInTools } };

    private protected override StreamTexts TextsOf(ChatCompletionUpdate update) => new(update.Text, update.Reasoning, update.Commentary);

    private protected override ChatCompletionUpdate ToUpdate(int index, StreamTexts texts) => new() { Index = index, Text = texts.Text, Reasoning = texts.Reasoning, Commentary = texts.Commentary };

    private protected override ChatCompletion? WholeOf(ChatCompletionUpdate update) => update.Completion;

    private protected override IReadOnlyList<ChatCompletionUpdate> ToUpdates(ChatCompletion answer) => Updates(answer);

    private protected override ChatCompletion Restore(CheckpointRecord record, ChatRequest request, IAnswerOrigin origin) =>
        StructuredChat.RequireFit(Connection.Dialect.Chat.Restore(record.Raw, record.IsStream, request, origin), request);

    private protected override Task<ChatCompletion> AskAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken) => request.Output is null
        ? AskOnceAsync(request, settings, cancellationToken)
        : _structured.AskAsync(request, Connection.Settings.ModelFor(request.Model), settings, cancellationToken);

    private protected override IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ChatRequest request, CallSettings settings, Action cameWhole, CancellationToken cancellationToken) =>
        (Connection.Dialect.Offer<IChatStream>() ?? throw Failures.Invalid(
            $"-Stream: {Connection.Settings.ServiceNameWithin} gives whole answers only (connection '{Connection.Settings.Name}').", "Leave out -Stream and -Show."))
        .AskForStreamAsync(Connection, request, settings, cameWhole, cancellationToken);

    private static string Words(ChatMessage message) =>
        string.Join("\n", message.Content.Select(part => part.ToString()).Concat(message.ToolCalls.Select(call => $"[{call.Name} {call.Arguments}]")));

    private Task<ChatCompletion> AskOnceAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken) =>
        Connection.Dialect.Chat.AskAsync(Connection, request, settings, cancellationToken);
}
