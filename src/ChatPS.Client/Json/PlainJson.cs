using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Json;

/// <summary>Writes plain dictionaries, lists and values as JSON, without reflection.</summary>
public static class PlainJson
{
    // Readers of JSON stop at 64 levels, and the value stands within a request.
    private const int DeepestLevel = 60;

    // The JSON goes to a service or into a prompt, never into a web page: letters of all scripts stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions IndentedOptions = Options with { Indented = true };

    /// <summary>Writes a value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">The parameter that it came from, for the error.</param>
    /// <param name="isIndented">Whether people read it; compact if not.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="ChatServiceException">Something in it has no JSON form, or it is nested too deep.</exception>
    public static string Write(object? value, string origin, bool isIndented = false) =>
        Encoding.UTF8.GetString(WriteBytes(value, origin, isIndented ? IndentedOptions : Options));

    internal static JsonElement? ToElement(object? value, string origin)
    {
        if (value is null)
        {
            return null;
        }

        Utf8JsonReader reader = new(WriteBytes(value, origin, Options));
        return JsonElement.ParseValue(ref reader);
    }

    private static byte[] WriteBytes(object? value, string origin, JsonWriterOptions options)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, options))
        {
            Write(writer, value, origin, 0);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value, string origin, int level)
    {
        if (level > DeepestLevel)
        {
            throw Failures.Invalid($"{origin}: the value is nested more than {DeepestLevel} levels deep, or holds itself.", "Give a flatter value.");
        }

        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number): writer.WriteNumberValue(number); break;
            case float number when !float.IsNaN(number) && !float.IsInfinity(number): writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case byte or sbyte or short or ushort or uint: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case System.Numerics.BigInteger number: writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case Enum name: writer.WriteStringValue(name.ToString()); break;
            case char letter: writer.WriteStringValue(letter.ToString()); break;
            case DateTime time: writer.WriteStringValue(time.ToString("o", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: writer.WriteStringValue(time.ToString("o", CultureInfo.InvariantCulture)); break;
            case TimeSpan span: writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture)); break;
            case Guid guid: writer.WriteStringValue(guid); break;
            case Uri uri: writer.WriteStringValue(uri.OriginalString); break;
            case Version version: writer.WriteStringValue(version.ToString()); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case JsonElement element: element.WriteTo(writer); break;
            case IDictionary dictionary: WriteObject(writer, dictionary, origin, level); break;
            case IEnumerable<KeyValuePair<string, object?>> members: WriteObject(writer, members, origin, level); break;
            case IEnumerable items: WriteArray(writer, items, origin, level); break;
            default:
                throw Failures.Invalid(
                    $"{origin}: a value of type {value.GetType().Name} ({Convert.ToString(value, CultureInfo.InvariantCulture)}) has no form in JSON.",
                    "Give text, numbers, booleans, dates, hashtables and arrays.");
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, IDictionary dictionary, string origin, int level)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
            Write(writer, entry.Value, origin, level + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members, string origin, int level)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, object?> member in members)
        {
            writer.WritePropertyName(member.Key);
            Write(writer, member.Value, origin, level + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable items, string origin, int level)
    {
        writer.WriteStartArray();
        foreach (object? item in items)
        {
            Write(writer, item, origin, level + 1);
        }

        writer.WriteEndArray();
    }
}
