using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatPS.Client.Batches;

/// <summary>Lines of parts and of results: a JSON object each.</summary>
internal static class BatchLine
{
    // As live requests are written.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line with its end. No value of it may hold an end of a line between its tokens.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="write">Writes the members.</param>
    public static void Write(Stream target, Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(target, Writing))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }

    /// <summary>Finds a text without reading the rest of the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="path">The names of the members that lead to it.</param>
    /// <returns>The text; null where there is none, or the line is no JSON up to there.</returns>
    public static string? Text(ReadOnlySpan<byte> line, params string[] path)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            reader.Read();
            return Enter(ref reader, path) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a line whole.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The object; null where the line is none.</returns>
    public static JsonElement? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            JsonElement read = JsonElement.ParseValue(ref reader);

            // Two lines that have run into each other are none.
            return read.ValueKind == JsonValueKind.Object && !reader.Read() ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Enter(ref Utf8JsonReader reader, string[] path)
    {
        foreach (string name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Find(ref reader, name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Find(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
