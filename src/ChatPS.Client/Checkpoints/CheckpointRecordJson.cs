using System.Text;
using System.Text.Json;

namespace ChatPS.Client.Checkpoints;

/// <summary>Writes an answer as a checkpoint keeps it, and reads it member by member: the answer of a line, and those of the rounds of tools within it.</summary>
/// <param name="withRaw">Whether the answer itself is wanted; without, it is only made sure that there is one.</param>
internal sealed class CheckpointRecordJson(bool withRaw)
{
    /// <summary>Gets what has been read.</summary>
    public CheckpointRecord Record { get; private set; } = new() { Raw = "" };

    /// <summary>Gets whether the answer itself is there.</summary>
    public bool HasRaw { get; private set; }

    /// <summary>Writes the members of an answer into an object.</summary>
    /// <param name="writer">Has begun the object.</param>
    /// <param name="record">The answer.</param>
    public static void Write(Utf8JsonWriter writer, CheckpointRecord record)
    {
        writer.WriteString("at", record.At);
        writer.WriteNumber("elapsedMs", (decimal)record.Elapsed.Ticks / TimeSpan.TicksPerMillisecond);
        WriteOptional(writer, "requestId", record.RequestId);
        WriteOptional(writer, "connection", record.Connection);
        WriteOptional(writer, "model", record.RequestedModel);
        if (record.FallbackFrom.Count > 0)
        {
            writer.WriteStartArray("fallbackFrom");
            foreach (string model in record.FallbackFrom)
            {
                writer.WriteStringValue(model);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("tokens", record.TotalTokens);
        writer.WriteNumber("outputTokens", record.OutputTokens);
        if (record.Cost is { } cost)
        {
            writer.WriteNumber("cost", cost);
        }

        writer.WriteBoolean("stream", record.IsStream);
        if (record.IsBatch)
        {
            writer.WriteBoolean("batch", true);
        }

        WriteOptional(writer, "tools", record.Tools);
        WriteOptional(writer, "parts", record.Parts);
        writer.WriteString("raw", record.Raw);
    }

    /// <summary>Reads an answer that lies within another.</summary>
    /// <param name="json">Its object. Members that are none of an answer's are passed over.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="JsonException">The answer itself is not there.</exception>
    public static CheckpointRecord Read(JsonElement json)
    {
        CheckpointRecordJson record = new(withRaw: true);
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json.GetRawText()));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            record.ReadMember(name, ref reader);
        }

        return record.HasRaw ? record.Record : throw new JsonException("There is no answer.");
    }

    /// <summary>Reads a member. One that is not known is passed over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reader">Stands at its value, and in the end at its last token.</param>
    public void ReadMember(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "at": Record = Record with { At = reader.GetDateTimeOffset() }; break;
            case "elapsedMs": Record = Record with { Elapsed = new TimeSpan((long)(reader.GetDecimal() * TimeSpan.TicksPerMillisecond)) }; break;
            case "requestId": Record = Record with { RequestId = reader.GetString() }; break;
            case "connection": Record = Record with { Connection = reader.GetString() }; break;
            case "model": Record = Record with { RequestedModel = reader.GetString() }; break;
            case "fallbackFrom": Record = Record with { FallbackFrom = ReadTexts(ref reader) }; break;
            case "tokens": Record = Record with { TotalTokens = reader.GetInt64() }; break;
            case "outputTokens": Record = Record with { OutputTokens = reader.GetInt64() }; break;
            case "cost": Record = Record with { Cost = reader.TokenType == JsonTokenType.Null ? null : reader.GetDecimal() }; break;
            case "stream": Record = Record with { IsStream = reader.GetBoolean() }; break;
            case "batch": Record = Record with { IsBatch = reader.GetBoolean() }; break;
            case "tools": Record = withRaw ? Record with { Tools = reader.GetString() } : Record; break;
            case "parts": Record = Record with { Parts = reader.GetString() }; break;
            case "raw":
                HasRaw = reader.TokenType == JsonTokenType.String;
                Record = HasRaw && withRaw ? Record with { Raw = reader.GetString()! } : Record;
                break;
            default: reader.Skip(); break;
        }
    }

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.GetString()!);
        }

        return texts;
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
