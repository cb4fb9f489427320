using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatPS.Client.Schemas;

/// <summary>Writes a JSON value so that two values are equal exactly where their texts are.</summary>
internal static class JsonIdentity
{
    public static string Of(JsonElement element)
    {
        StringBuilder text = new();
        Write(text, element);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    Write(text, member.Name);
                    Write(text, member.Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append('n').Append(Number(element)).Append(';');
                break;
            default:
                text.Append(element.ValueKind).Append(';');
                break;
        }
    }

    // The length in front keeps "a","b" and "a\",\"b" apart.
    private static void Write(StringBuilder text, string value) => text.Append('s').Append(value.Length).Append(':').Append(value);

    private static string Number(JsonElement element) => element.TryGetDecimal(out decimal exact)
        ? (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : element.TryGetDouble(out double rounded) ? rounded.ToString("R", CultureInfo.InvariantCulture) : element.GetRawText();
}
