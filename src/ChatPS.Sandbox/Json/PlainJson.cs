using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPS.Sandbox.Http;

namespace ChatPS.Sandbox.Json;

/// <summary>Writes dictionaries, lists and plain values as JSON.</summary>
internal static class PlainJson
{
    private const int MaxDepth = 64;

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter json, object? value)
    {
        if (json.CurrentDepth >= MaxDepth)
        {
            throw new InvalidOperationException("The response is nested too deeply, or holds itself.");
        }

        switch (value)
        {
            case null or DBNull:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonDocument document:
                document.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            case DateTime time:
                json.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case IDictionary dictionary:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary)
                {
                    WriteMember(json, Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.WriteStartObject();
                foreach (KeyValuePair<string, object?> member in members)
                {
                    WriteMember(json, member.Key, member.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, value);
                break;
        }
    }

    public static string ToText(object? value) => ToText(json => Write(json, value));

    public static string ToText(Action<Utf8JsonWriter> write)
    {
        ByteBuffer bytes = new();
        using (Utf8JsonWriter json = new(bytes, WriterOptions))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.Array, 0, bytes.Length);
    }

    private static void WriteMember(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    private static void WriteScalar(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case Enum:
                json.WriteStringValue(value.ToString());
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double or float:
                WriteFloat(json, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteFloat(Utf8JsonWriter json, double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
