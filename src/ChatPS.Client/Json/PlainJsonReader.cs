using System.Globalization;
using System.Text.Json;

namespace ChatPS.Client.Json;

/// <summary>Reads JSON as plain values: dictionaries in the order of the text, lists, strings, numbers, booleans and nulls.</summary>
/// <remarks>
/// A whole number is an <see cref="int"/>, a <see cref="long"/> or a <see cref="System.Numerics.BigInteger"/>, whichever holds it first; any
/// other number is a <see cref="double"/>, or a <see cref="decimal"/> where a double would lose digits. Of two members with one
/// name the last counts.
/// </remarks>
public static class PlainJsonReader
{
    /// <summary>Reads a text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="value">The value; null if it is no JSON.</param>
    /// <param name="error">What is wrong and where; null if nothing is.</param>
    /// <returns>Whether it is JSON.</returns>
    public static bool TryRead(string json, out object? value, out string? error)
    {
        using JsonDocument? document = Parse(json, out error);
        value = document is null ? null : From(document.RootElement);
        return document is not null;
    }

    internal static JsonDocument? Parse(string json, out string? error)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(json);
            Check(document.RootElement);
            error = null;
            return document;
        }
        catch (JsonException exception)
        {
            error = FormattableString.Invariant($"not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {FirstSentence(exception.Message)}");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            error = "not JSON: a string holds half of a surrogate pair.";
            return null;
        }
    }

    internal static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => Items(element),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        Dictionary<string, object?> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            members[member.Name] = From(member.Value);
        }

        return members;
    }

    private static List<object?> Items(JsonElement element)
    {
        List<object?> items = new(element.GetArrayLength());
        foreach (JsonElement item in element.EnumerateArray())
        {
            items.Add(From(item));
        }

        return items;
    }

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt32(out int small))
        {
            return small;
        }

        if (element.TryGetInt64(out long large))
        {
            return large;
        }

        string text = element.GetRawText();
        if (text.All(c => c is '-' or (>= '0' and <= '9')))
        {
            return System.Numerics.BigInteger.Parse(text, CultureInfo.InvariantCulture);
        }

        double rounded = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && Math.Abs(rounded) < 7e28 && (decimal)rounded != exact ? exact : rounded;
    }

    // An escaped half of a surrogate pair is found only where the string is read.
    private static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Check(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Check(member.Value);
                }

                break;
        }
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message.Substring(0, end);
    }
}
