using System.Text.Json;

namespace ChatPS.Client.Checkpoints;

/// <summary>Writes JSON in one form for all spellings of the same: no white space, the members of objects in order.</summary>
internal static class CanonicalJson
{
    /// <summary>Writes JSON in its one form.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The same in its one form; what is no JSON comes back as it is.</returns>
    public static byte[] Write(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Write(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return json;
        }
    }

    public static byte[] Write(JsonElement element)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer, element);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
