using System.Runtime.CompilerServices;
using ChatPS.Api;
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
        WireJson.Write(TextMapper.ToWire(request, Connection.Settings, settings, stream: false));

    private protected override int EstimateInput(TextRequest request) =>
        TokenEstimate.FromBytes(PlainJson.Write(request.Prompt, "-Prompt").Length);

    private protected override int? OutputLimit(TextRequest request) => request.MaxTokens;

    private protected override ChatTextCompletion? WholeOf(ChatTextCompletionUpdate update) => update.Completion;

    private protected override IEnumerable<ChatTextCompletionUpdate> ToUpdates(ChatTextCompletion answer) =>
        [new ChatTextCompletionUpdate { Text = answer.Text }, new ChatTextCompletionUpdate { Completion = answer }];

    private protected override ChatTextCompletion Restore(CheckpointRecord record, TextRequest request, IAnswerOrigin origin) => record.IsStream
        ? StreamedAnswer.Replay(record.Raw, new TextAccumulator(request), origin).Completion!
        : TextMapper.FromWire(WireJson.Read<CompletionResponse>(record.Raw), request, origin);

    private protected override async Task<ChatTextCompletion> AskAsync(TextRequest request, CallSettings settings, CancellationToken cancellationToken)
    {
        Connection.Require(ServiceOffer.TextCompletions, "text completions");
        CompletionRequest body = TextMapper.ToWire(request, Connection.Settings, settings, stream: false);
        using CallContext call = Connection.Begin(settings, cancellationToken, body.Model);
        return await Connection.CallAsync(
            call,
            token => Connection.Client<ICompletionsApi>().CreateAsync(body, settings.Headers(), settings.Query(), call, token),
            response => TextMapper.FromWire(response, request, call));
    }

    private protected override async IAsyncEnumerable<ChatTextCompletionUpdate> AskForStreamAsync(
        TextRequest request, CallSettings settings, Action cameWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Connection.Require(ServiceOffer.TextCompletions, "text completions");
        CompletionRequest body = TextMapper.ToWire(request, Connection.Settings, settings, stream: true);
        using CallContext call = Connection.Begin(settings, cancellationToken, body.Model);
        using HttpResponseMessage response = await Connection.OpenAsync(
            call, token => Connection.Client<ICompletionsApi>().StreamAsync(body, settings.Headers(), settings.Query(), call, token));
        if (!ServiceConnection.IsEventStream(response))
        {
            // Some servers ignore the wish for a stream and answer whole.
            cameWhole();
            foreach (ChatTextCompletionUpdate update in ToUpdates(await Connection.ReadAsync<CompletionResponse, ChatTextCompletion>(response, call, whole => TextMapper.FromWire(whole, request, call))))
            {
                yield return update;
            }

            yield break;
        }

        await foreach (ChatTextCompletionUpdate update in StreamedAnswer.ReadAsync(response, new TextAccumulator(request), call, cancellationToken))
        {
            yield return update;
        }
    }
}
