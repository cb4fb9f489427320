using System.Runtime.CompilerServices;
using ChatPS.Api;

namespace ChatPS.Client;

/// <summary>Chat completions of one connection.</summary>
public sealed class ChatService : GenerationService<ChatRequest, ChatCompletion, ChatCompletionUpdate>
{
    private readonly StructuredChat _structured;

    internal ChatService(ServiceConnection connection)
        : base(connection) => _structured = new StructuredChat(AskOnceAsync);

    private protected override ChatRequest With(ChatRequest request, string model, IReadOnlyList<string> fallbackFrom) =>
        request with { Model = model, FallbackFrom = fallbackFrom };

    private protected override ArraySegment<byte> ToJson(ChatRequest request, CallSettings settings) =>
        WireJson.Write(ChatMapper.ToWire(request.Output is null ? request : StructuredChat.Tell(request, request.Output.Mode), Connection.Settings, settings, stream: false));

    private protected override int EstimateInput(ChatRequest request) =>
        request.Messages.Sum(TokenEstimate.FromMessage)
        + (request.Tools is { } tools ? TokenEstimate.FromBytes(PlainJson.Write(tools, "-Tool").Length) : 0)
        + (request.Output is { } output ? TokenEstimate.FromBytes(output.Instructions.Length) : 0)
        + (request.ResponseFormat is { } format ? TokenEstimate.FromBytes(PlainJson.Write(format, "-ResponseFormat").Length) : 0);

    private protected override int MostRequests(ChatRequest request) => 1 + (request.Output?.RepairAttempts ?? 0);

    private protected override int? OutputLimit(ChatRequest request) => request.MaxCompletionTokens ?? request.MaxTokens;

    private protected override ChatCompletion? WholeOf(ChatCompletionUpdate update) => update.Completion;

    private protected override IEnumerable<ChatCompletionUpdate> ToUpdates(ChatCompletion answer) =>
        [new ChatCompletionUpdate { Text = answer.Text }, new ChatCompletionUpdate { Completion = answer }];

    private protected override ChatCompletion Restore(CheckpointRecord record, ChatRequest request, IAnswerOrigin origin) => record.IsStream
        ? StreamedAnswer.Replay(record.Raw, new ChatAccumulator(request), origin).Completion!
        : ChatMapper.FromWire(WireJson.Read<ChatCompletionResponse>(record.Raw), request, origin);

    private protected override Task<ChatCompletion> AskAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken) => request.Output is null
        ? AskOnceAsync(request, settings, cancellationToken)
        : _structured.AskAsync(request, ParameterRules.Model(request.Model, Connection.Settings), settings, cancellationToken);

    private async Task<ChatCompletion> AskOnceAsync(ChatRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        ChatCompletionRequest body = ChatMapper.ToWire(request, Connection.Settings, settings, stream: false);
        using CallContext call = Connection.Begin(settings, cancellationToken, body.Model);
        return await Connection.CallAsync(
            call,
            token => Connection.ChatCompletions.CreateAsync(body, settings.Headers(), settings.Query(), call, token),
            response => ChatMapper.FromWire(response, request, call));
    }

    private protected override async IAsyncEnumerable<ChatCompletionUpdate> AskForStreamAsync(
        ChatRequest request, CallSettings settings, Action cameWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChatCompletionRequest body = ChatMapper.ToWire(request, Connection.Settings, settings, stream: true);
        using CallContext call = Connection.Begin(settings, cancellationToken, body.Model);
        using HttpResponseMessage response = await Connection.OpenAsync(
            call, token => Connection.ChatCompletions.StreamAsync(body, settings.Headers(), settings.Query(), call, token));
        if (!ServiceConnection.IsEventStream(response))
        {
            // Some servers ignore the wish for a stream and answer whole.
            cameWhole();
            foreach (ChatCompletionUpdate update in ToUpdates(await Connection.ReadAsync<ChatCompletionResponse, ChatCompletion>(response, call, whole => ChatMapper.FromWire(whole, request, call))))
            {
                yield return update;
            }

            yield break;
        }

        await foreach (ChatCompletionUpdate update in StreamedAnswer.ReadAsync(response, new ChatAccumulator(request), call, cancellationToken))
        {
            yield return update;
        }
    }
}
