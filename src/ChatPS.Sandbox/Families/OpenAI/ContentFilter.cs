using System.Text.Json;

namespace ChatPS.Sandbox.Families.OpenAI;

/// <summary>What Azure's content filter finds: nothing.</summary>
internal static class ContentFilter
{
    private static readonly string[] Categories = ["hate", "self_harm", "sexual", "violence"];

    public static void WritePrompts(Utf8JsonWriter json)
    {
        json.WriteStartArray("prompt_filter_results"u8);
        json.WriteStartObject();
        json.WriteNumber("prompt_index"u8, 0);
        WriteResults(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteResults(Utf8JsonWriter json)
    {
        json.WriteStartObject("content_filter_results"u8);
        foreach (string category in Categories)
        {
            json.WriteStartObject(category);
            json.WriteBoolean("filtered"u8, false);
            json.WriteString("severity"u8, "safe"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
