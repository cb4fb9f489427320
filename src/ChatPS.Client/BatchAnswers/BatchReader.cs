using System.Text.Json;
using ChatPS.Api;
using ChatPS.Client.Batches;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Embeddings;
using ChatPS.Client.Json;
using ChatPS.Client.Moderation;
using ChatPS.Client.Sessions;
using ChatPS.Client.Text;

namespace ChatPS.Client.BatchAnswers;

/// <summary>Makes of the results of a batch the very objects that live calls would have given, and their failures of the others.</summary>
/// <param name="connection">The connection.</param>
/// <param name="state">The batch.</param>
/// <param name="settings">What the calls do otherwise.</param>
internal sealed class BatchReader(ServiceConnection connection, BatchState state, CallSettings settings)
{
    private readonly CallSettings _settings = settings with { IsBatch = true, AdditionalBody = null };

    // The form that the start asked for, as whoever receives the answers takes it from there.
    private readonly OutputFormat? _form = FormOf(state.Output);

    // What the request told beside its messages, and the answer tells again.
    private readonly IReadOnlyDictionary<string, object?> _parameters = state.Parameters is { ValueKind: JsonValueKind.Object } given
        ? (IReadOnlyDictionary<string, object?>)PlainJsonReader.From(given)!
        : new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Makes the object.</summary>
    /// <param name="outcome">What came of the request.</param>
    /// <param name="input">What it was made from; null where that is not known.</param>
    /// <param name="item">The pipeline item.</param>
    /// <param name="form">The form that the answer must have; null for any.</param>
    /// <param name="counts">Whether its tokens and its cost are entered.</param>
    /// <returns>The object, and what a checkpoint keeps of it.</returns>
    /// <exception cref="ChatServiceException">There is no answer; it says why.</exception>
    public (object Answer, CheckpointRecord Record) Read(BatchOutcome outcome, BatchInput? input, object? item, OutputFormat? form, bool counts)
    {
        string? model = outcome.Part?.Model;
        int index = input?.Index ?? outcome.Number - 1;
        using CallContext call = Begin(input, item, index, model, counts);
        if (!outcome.IsAnswer)
        {
            ChatServiceException failure = BatchFailure.Of(outcome, call);
            call.Notes?.Failed(failure.ErrorId);
            throw failure;
        }

        string raw = outcome.Result!.Body!;
        call.RequestId = outcome.Result.RequestId;
        (object Answer, CheckpointRecord Record) read;
        try
        {
            read = Read(raw, input, item, index, model, new BatchOrigin(call));
            call.Notes?.Answered(read.Answer, raw);
        }
        catch (Exception exception)
        {
            throw FailureMapper.FromException(exception, call, body: raw);
        }

        if (form is not null && read.Answer is ChatCompletion completion)
        {
            StructuredChat.Require(completion, form);
        }

        return (read.Answer, read.Record with { IsBatch = true });
    }

    /// <summary>Finds out whether an answer is of use: it can be read, and has the form that was asked for.</summary>
    /// <param name="outcome">What came of the request, which is an answer.</param>
    /// <returns>The failure that it is received as; null for none.</returns>
    public ChatServiceException? FailureOf(BatchOutcome outcome)
    {
        try
        {
            Read(outcome, input: null, item: null, _form, counts: false);
            return null;
        }
        catch (ChatServiceException failure)
        {
            return failure;
        }
    }

    private static OutputFormat? FormOf(JsonElement? output) =>
        output is { ValueKind: JsonValueKind.Object } kept && kept.TryGetProperty("schema", out JsonElement form) && form.ValueKind == JsonValueKind.Object
        && form.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String && form.TryGetProperty("schema", out JsonElement schema) && schema.ValueKind == JsonValueKind.Object
            ? new OutputFormat(name.GetString()!, (IReadOnlyDictionary<string, object?>)PlainJsonReader.From(schema)!)
            : null;

    private (object Answer, CheckpointRecord Record) Read(string raw, BatchInput? input, object? item, int index, string? model, IAnswerOrigin origin)
    {
        switch (state.For)
        {
            case ChatBatchKind.TextCompletion:
                ChatTextCompletion text = connection.Text.Read(raw, new TextRequest { Model = model, RequestedModel = model, Input = item, Index = index }, origin);
                return (text, Record(text, model));
            case ChatBatchKind.Embedding:
                ChatEmbedding embedding = connection.Embeddings.Read(raw, new EmbeddingItem(TextOf(input, item) ?? "", item, index), model, origin);
                return (embedding, EmbeddingRecord.Of(embedding, model ?? ""));
            case ChatBatchKind.Moderation:
                return connection.Moderations.Read(raw, new ModerationItem { Text = TextOf(input, item) ?? "", Input = item, Index = index }, origin);
            default:
                ChatCompletion completion = connection.Chat.Read(raw, ToRequest(input, item, index, model), origin);
                return (completion, Record(completion, model));
        }
    }

    // Without a place in the ledger and the log where it is there already.
    private CallContext Begin(BatchInput? input, object? item, int index, string? model, bool counts) => counts
        ? connection.Begin(connection.About(_settings, index, 1, () => input?.Messages ?? TextOf(input, item) ?? ""), CancellationToken.None, model)
        : new CallContext(connection.Settings, _settings, TimeProvider.System, CancellationToken.None, CancellationToken.None) { Model = model };

    private ChatRequest ToRequest(BatchInput? input, object? item, int index, string? model) => new()
    {
        Messages = MessagesOf(input, item),
        Model = model,
        RequestedModel = model,
        Input = item,
        Index = index,
        Audio = Parameter(nameof(ChatRequest.Audio)),
        Metadata = (Parameter(nameof(ChatRequest.Metadata)) as IReadOnlyDictionary<string, object?>)?.ToDictionary(member => member.Key, member => member.Value?.ToString() ?? "", StringComparer.Ordinal),
    };

    private object? Parameter(string name) => _parameters.FirstOrDefault(parameter => string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static ChatMessage[] MessagesOf(BatchInput? input, object? item)
    {
        if (input?.Messages is { } json && PlainJsonReader.TryRead(json, out object? plain, out _) && plain is List<object?> messages)
        {
            return [.. messages.OfType<IReadOnlyDictionary<string, object?>>().Select(message => SessionFile.ToMessage(new SessionMembers(message, "inputs.jsonl", "")))];
        }

        return TextOf(input, item) is { Length: > 0 } text ? [new ChatMessage("user", text)] : [];
    }

    private static string? TextOf(BatchInput? input, object? item) =>
        input?.Messages is { } json && PlainJsonReader.TryRead(json, out object? plain, out _) && plain is string text ? text : item as string;

    private static CheckpointRecord Record(ChatAnswer answer, string? model) => new()
    {
        Raw = answer.Raw,
        RequestId = answer.RequestId,
        Connection = answer.Connection,
        RequestedModel = model,
        TotalTokens = answer.Usage?.TotalTokens ?? 0,
        OutputTokens = answer.Usage?.OutputTokens ?? 0,
        Cost = answer.Cost,
        At = DateTimeOffset.UtcNow,
    };
}
