using System.Text.Json;

namespace ChatPS.Client.Batches;

/// <summary>Reads the file of the inputs, line by line.</summary>
internal static class BatchInputReader
{
    /// <summary>Reads the number of the request alone, and looks whether the line is whole.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The number; null where the line is damaged.</returns>
    public static int? NumberOf(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || Number(ref reader, "n"u8) is not { } number || number < 1 || Number(ref reader, "index"u8) is null)
            {
                return null;
            }

            while (reader.Read())
            {
                // What is damaged is found on the way.
            }

            return number;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What a request was made from.</returns>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static BatchInput Read(byte[] line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        return new BatchInput(json.GetProperty("n").GetInt32(), json.GetProperty("index").GetInt32(), Raw(json, "input")) { Messages = Raw(json, "messages") };
    }

    private static int? Number(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read() && reader.TryGetInt32(out int number) ? number : null;

    private static string? Raw(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;
}
