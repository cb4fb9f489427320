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
            CheckpointRecordJson.Write(writer, Record);
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
        CheckpointRecordJson record = new(withRaw);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "key": hasKey = reader.TokenType == JsonTokenType.String && RequestKey.TryParse(reader.ValueSpan, out key); break;
                case "occurrence": occurrence = reader.GetInt32(); break;
                default: record.ReadMember(name, ref reader); break;
            }
        }

        // One more read throws where anything follows the object.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && hasKey && record.HasRaw && occurrence > 0 ? new CheckpointLine(key, occurrence, record.Record) : null;
    }
}
