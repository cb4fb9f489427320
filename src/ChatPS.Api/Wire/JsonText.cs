using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatPS.Api.Wire;

/// <summary>Reads text out of JSON that vendors write with less care than the standard asks for.</summary>
internal static class JsonText
{
    /// <summary>
    /// The value as text: a string as it is, null as null, anything else as its JSON. Half an emoji (a vendor cut
    /// an escaped surrogate pair in two) becomes U+FFFD instead of an exception, except at either end of the text,
    /// where the other half may come in another piece of a stream.
    /// </summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                try
                {
                    return reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return RepairWithin(Unescape(Utf8(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan)));
                }

            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                {
                    return document.RootElement.GetRawText();
                }
        }
    }

    /// <summary>The same for an element.</summary>
    public static string? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.String:
                try
                {
                    return element.GetString();
                }
                catch (InvalidOperationException)
                {
                    var json = element.GetRawText();
                    return Repair(Unescape(json.Substring(1, json.Length - 2)));
                }

            default:
                return element.GetRawText();
        }
    }

    /// <summary>A member of an object; null where there is none, or where it is null.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Another member has half a surrogate pair in its name; of members of one name the last counts.
            JsonElement? found = null;
            foreach (var member in element.EnumerateObject())
            {
                found = Name(member) == name ? member.Value : found;
            }

            return found is { ValueKind: not JsonValueKind.Null } ? found : null;
        }
    }

    /// <summary>The name of a member; null where it has half a surrogate pair in it.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Utf8(ReadOnlySpan<byte> bytes) =>
#if NET8_0_OR_GREATER
        Encoding.UTF8.GetString(bytes);
#else
        Encoding.UTF8.GetString(bytes.ToArray());
#endif

    private static string Unescape(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }

            i++;
            switch (json[i])
            {
                case 'u':
                    text.Append((char)int.Parse(json.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                default: text.Append(json[i]); break;
            }
        }

        return text.ToString();
    }

    // The round trip replaces what is half a pair and leaves whole pairs alone.
    private static string Repair(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string RepairWithin(string text)
    {
        var start = text.Length > 0 && char.IsLowSurrogate(text[0]) ? 1 : 0;
        var end = text.Length > start && char.IsHighSurrogate(text[text.Length - 1]) ? text.Length - 1 : text.Length;
        return text.Substring(0, start) + Repair(text.Substring(start, end - start)) + text.Substring(end);
    }
}
