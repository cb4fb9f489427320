using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatPS.Client.Checkpoints;

/// <summary>The line of one answer.</summary>
/// <param name="Key">What was asked.</param>
/// <param name="Occurrence">Which of the identical requests it was, from 1.</param>
/// <param name="Record">The answer.</param>
internal sealed record CheckpointLine(RequestKey Key, int Occurrence, CheckpointRecord Record)
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="withRaw">Whether the answer itself is wanted; without, it is only made sure that there is one.</param>
    /// <returns>What it holds, or null where it is no whole line of an answer.</returns>
    public static CheckpointLine? Read(ReadOnlySpan<byte> line, bool withRaw)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            reader.Read();
            return reader.TokenType == JsonTokenType.StartObject ? Read(ref reader, withRaw) : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("key", Key.ToString());
            writer.WriteNumber("occurrence", Occurrence);
            writer.WriteString("at", Record.At);
            writer.WriteNumber("elapsedMs", (decimal)Record.Elapsed.Ticks / TimeSpan.TicksPerMillisecond);
            WriteOptional(writer, "requestId", Record.RequestId);
            WriteOptional(writer, "connection", Record.Connection);
            WriteOptional(writer, "model", Record.RequestedModel);
            if (Record.FallbackFrom.Count > 0)
            {
                writer.WriteStartArray("fallbackFrom");
                foreach (string model in Record.FallbackFrom)
                {
                    writer.WriteStringValue(model);
                }

                writer.WriteEndArray();
            }

            writer.WriteNumber("tokens", Record.TotalTokens);
            writer.WriteNumber("outputTokens", Record.OutputTokens);
            if (Record.Cost is { } cost)
            {
                writer.WriteNumber("cost", cost);
            }

            writer.WriteBoolean("stream", Record.IsStream);
            WriteOptional(writer, "tools", Record.Tools);
            writer.WriteString("raw", Record.Raw);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static CheckpointLine? Read(ref Utf8JsonReader reader, bool withRaw)
    {
        RequestKey key = default;
        int occurrence = 0;
        bool hasKey = false;
        bool hasRaw = false;
        CheckpointRecord record = new() { Raw = "" };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "key": hasKey = reader.TokenType == JsonTokenType.String && RequestKey.TryParse(reader.ValueSpan, out key); break;
                case "occurrence": occurrence = reader.GetInt32(); break;
                case "at": record = record with { At = reader.GetDateTimeOffset() }; break;
                case "elapsedMs": record = record with { Elapsed = new TimeSpan((long)(reader.GetDecimal() * TimeSpan.TicksPerMillisecond)) }; break;
                case "requestId": record = record with { RequestId = reader.GetString() }; break;
                case "connection": record = record with { Connection = reader.GetString() }; break;
                case "model": record = record with { RequestedModel = reader.GetString() }; break;
                case "fallbackFrom": record = record with { FallbackFrom = ReadTexts(ref reader) }; break;
                case "tokens": record = record with { TotalTokens = reader.GetInt64() }; break;
                case "outputTokens": record = record with { OutputTokens = reader.GetInt64() }; break;
                case "cost": record = record with { Cost = reader.GetDecimal() }; break;
                case "stream": record = record with { IsStream = reader.GetBoolean() }; break;
                case "tools": record = withRaw ? record with { Tools = reader.GetString() } : record; break;
                case "raw":
                    hasRaw = reader.TokenType == JsonTokenType.String;
                    record = hasRaw && withRaw ? record with { Raw = reader.GetString()! } : record;
                    break;
                default: reader.Skip(); break;
            }
        }

        // One more read throws where anything follows the object.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && hasKey && hasRaw && occurrence > 0 ? new CheckpointLine(key, occurrence, record) : null;
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
