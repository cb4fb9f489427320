using System.Text;
using System.Text.Json;
using ChatPS.Client.Chat;
using ChatPS.Client.Checkpoints;
using ChatPS.Client.Completions;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Tools;

/// <summary>The rounds of a conversation in which a model calls tools.</summary>
internal sealed class ToolTranscript(ChatRequest request)
{
    private readonly List<(ChatCompletion Answer, CheckpointRecord Record)> _answers = [];

    /// <summary>What to ask next.</summary>
    public ChatRequest Request { get; private set; } = request;

    public ChatCompletion Last => _answers[_answers.Count - 1].Answer;

    /// <summary>How many rounds of tools have been run.</summary>
    public int Rounds { get; private set; }

    /// <summary>How many calls have been run or refused.</summary>
    public int Calls { get; set; }

    /// <summary>Whether any tool was called.</summary>
    public bool HasRun => Calls > 0;

    /// <summary>Reads a transcript from a checkpoint.</summary>
    /// <param name="record">What is kept of it.</param>
    /// <param name="request">What was asked at first.</param>
    /// <param name="settings">What the calls do otherwise.</param>
    /// <param name="service">Makes the answers.</param>
    /// <returns>The transcript.</returns>
    public static ToolTranscript Restore(CheckpointRecord record, ChatRequest request, CallSettings settings, ChatService service)
    {
        ToolTranscript transcript = new(request);
        if (record.Tools is null)
        {
            transcript.Add(service.Restore(record, request, settings), record);
            return transcript;
        }

        try
        {
            using JsonDocument kept = JsonDocument.Parse(record.Tools);
            foreach (JsonElement round in kept.RootElement.GetProperty("rounds"u8).EnumerateArray())
            {
                CheckpointRecord earlier = CheckpointRecordJson.Read(round);
                transcript.Add(service.Restore(earlier, transcript.Request, settings), earlier);
                transcript.RestoreCalls(round.GetProperty("calls"u8));
            }

            CheckpointRecord last = record with
            {
                Tools = null,
                TotalTokens = record.TotalTokens - transcript._answers.Sum(answer => answer.Record.TotalTokens),
                OutputTokens = record.OutputTokens - transcript._answers.Sum(answer => answer.Record.OutputTokens),
                Cost = record.Cost - transcript._answers.Sum(answer => answer.Record.Cost ?? 0),
            };
            transcript.Add(service.Restore(last, transcript.Request, settings), last);
            transcript.RestoreCalls(kept.RootElement.GetProperty("calls"u8));
            return transcript;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ChatServiceException(ErrorIds.CheckpointFailed, $"The checkpoint holds calls of tools that cannot be read: {exception.Message}", "Give another -CheckpointPath.", exception);
        }
    }

    public void Add(ChatCompletion answer, CheckpointRecord record)
    {
        _answers.Add((answer, record));
        int number = 0;
        foreach (ChatToolCall call in answer.ToolCalls)
        {
            // Some servers give none, and the output could not be told without.
            call.Id = call.Id is { Length: > 0 } id ? id : FormattableString.Invariant($"call_{_answers.Count}_{++number}");
        }
    }

    /// <summary>Puts what the tools said into the next request.</summary>
    public void EndRound()
    {
        Rounds++;
        Request = Request.After(Last) with
        {
            Messages = Messages(),
            Model = _answers[_answers.Count - 1].Record.RequestedModel ?? Request.Model,

            // What forces a call would force one for ever.
            ToolChoice = Forces(Request.ToolChoice) ? "auto" : Request.ToolChoice,
        };
    }

    /// <summary>Makes the answer of all rounds.</summary>
    /// <returns>The last answer with everything that led to it.</returns>
    public ChatCompletion ToCompletion()
    {
        ChatCompletion last = Last;
        ChatToolCall[] calls = [.. _answers.SelectMany(answer => answer.Answer.ToolCalls)];
        Spent spent = _answers.Aggregate(Spent.Nothing, (sum, answer) => new Spent(sum.With(answer.Answer.Usage), sum.With(answer.Answer.Cost), sum.Elapsed + answer.Answer.Elapsed));
        return calls.Length == 0 ? last : new ChatCompletion
        {
            Text = last.Text,
            FinishReason = last.FinishReason,
            Choices = last.Choices,
            Messages = [.. Messages()],
            ToolCalls = [.. calls.Where(call => call.Output is not null), .. calls.Where(call => call.Output is null)],
            ToolRounds = Rounds,
            Usage = spent.Usage,
            Cost = spent.Cost,
            Model = last.Model,
            RequestedModel = last.RequestedModel,
            Id = last.Id,
            Created = last.Created,
            Elapsed = spent.Elapsed + new TimeSpan(calls.Sum(call => call.Elapsed?.Ticks ?? 0)),
            RequestId = last.RequestId,
            Connection = last.Connection,
            FallbackFrom = [.. _answers.SelectMany(answer => answer.Answer.FallbackFrom).Distinct(StringComparer.Ordinal)],
            Index = last.Index,
            Input = last.Input,
            Raw = last.Raw,
            Metadata = last.Metadata,
            ServiceTier = last.ServiceTier,
            SystemFingerprint = last.SystemFingerprint,
            ContentFilters = last.ContentFilters,
            BuiltInCalls = [.. _answers.SelectMany(answer => answer.Answer.BuiltInCalls)],
            ConversationId = last.ConversationId,
        };
    }

    /// <summary>Writes the transcript for a checkpoint.</summary>
    /// <returns>The last answer, and the rounds before it.</returns>
    public CheckpointRecord ToRecord()
    {
        CheckpointRecord last = _answers[_answers.Count - 1].Record;
        if (Rounds == 0)
        {
            return last;
        }

        return last with
        {
            TotalTokens = _answers.Sum(answer => answer.Record.TotalTokens),
            OutputTokens = _answers.Sum(answer => answer.Record.OutputTokens),
            Cost = _answers.Exists(answer => answer.Record.Cost is not null) ? _answers.Sum(answer => answer.Record.Cost ?? 0) : null,
            Tools = WriteRounds(),
        };
    }

    private string WriteRounds()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, CheckpointLine.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("rounds");
            foreach ((ChatCompletion answer, CheckpointRecord record) in _answers.Take(_answers.Count - 1))
            {
                writer.WriteStartObject();
                CheckpointRecordJson.Write(writer, record);
                WriteCalls(writer, answer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WriteCalls(writer, Last);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteCalls(Utf8JsonWriter writer, ChatCompletion answer)
    {
        writer.WriteStartArray("calls");
        foreach (ChatToolCall call in answer.ToolCalls)
        {
            writer.WriteStartObject();
            writer.WriteString("output", call.Output);
            writer.WriteBoolean("isError", call.IsError);
            writer.WriteBoolean("refused", call.Refused);
            if (call.Elapsed is { } elapsed)
            {
                writer.WriteNumber("elapsedMs", (decimal)elapsed.Ticks / TimeSpan.TicksPerMillisecond);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // The answers of an earlier round hold the messages before it.
    private List<ChatMessage> Messages() =>
    [
        .. Last.Messages,
        .. Last.ToolCalls.Where(call => call.Output is not null).Select(call => new ChatMessage("tool", call.Output!) { ToolCallId = call.Id }),
    ];

    private void RestoreCalls(JsonElement results)
    {
        foreach ((ChatToolCall call, JsonElement result) in Last.ToolCalls.Zip(results.EnumerateArray(), (call, result) => (call, result)))
        {
            call.Output = result.GetProperty("output"u8).GetString();
            call.IsError = result.GetProperty("isError"u8).GetBoolean();
            call.Refused = result.GetProperty("refused"u8).GetBoolean();
            call.Elapsed = result.TryGetProperty("elapsedMs"u8, out JsonElement elapsed) && elapsed.ValueKind == JsonValueKind.Number
                ? new TimeSpan((long)(elapsed.GetDecimal() * TimeSpan.TicksPerMillisecond))
                : null;
            Calls += call.Output is null ? 0 : 1;
        }

        if (Last.ToolCalls.Any(call => call.Output is not null))
        {
            EndRound();
        }
    }

    private static bool Forces(object? choice) => choice switch
    {
        string mode => mode == "required",
        IReadOnlyDictionary<string, object?> members => !members.TryGetValue("allowed_tools", out object? allowed)
            || (allowed is IReadOnlyDictionary<string, object?> tools && tools.TryGetValue("mode", out object? mode) && mode as string == "required"),
        _ => false,
    };
}
