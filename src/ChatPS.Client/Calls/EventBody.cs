using System.Text;
using System.Text.Json;

namespace ChatPS.Client.Calls;

/// <summary>Tells from its bytes whether a body is made of events, whatever it is labelled as, and reads those of a whole one.</summary>
internal static class EventBody
{
    /// <summary>How many bytes tell a field from other text.</summary>
    public const int LongestField = 6;

    public static ReadOnlySpan<byte> DataField => "data"u8;

    public static ReadOnlySpan<byte> EventField => "event"u8;

    public static ReadOnlySpan<byte> ErrorField => "error"u8;

    private static ReadOnlySpan<byte> IdField => "id"u8;

    private static ReadOnlySpan<byte> RetryField => "retry"u8;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a whole body is made of several events: framed, in a list, or one JSON object a line.</summary>
    /// <param name="body">The body.</param>
    /// <returns>Whether it is.</returns>
    public static bool HoldsEvents(string body)
    {
        string text = body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        byte[] begin = Encoding.UTF8.GetBytes(text.Substring(0, Math.Min(text.Length, LongestField)));
        return HoldsEvents(begin, 0, begin.Length) switch
        {
            true => true,
            false => IsList(text),
            null => text.Contains("\ndata:", StringComparison.Ordinal),
        };
    }

    /// <summary>Reads the events of a whole body.</summary>
    /// <param name="body">The body.</param>
    /// <returns>Type and data of each.</returns>
    public static IEnumerable<(string Type, string Data)> Read(string body)
    {
        if (IsList(body.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')))
        {
            foreach (string value in Values(body))
            {
                yield return (EventReader.PlainEvent, value);
            }

            yield break;
        }

        using EventReader events = new(body);
        while (events.NextInMemory())
        {
            yield return (events.Type, events.Data);
        }
    }

    /// <summary>Tells how a body begins.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="from">The first that counts.</param>
    /// <param name="to">The end of what there is.</param>
    /// <returns>Whether it is made of fields; null where that is not to be seen.</returns>
    public static bool? HoldsEvents(byte[] bytes, int from, int to) => to <= from ? null
        : bytes[from] is (byte)'{' or (byte)'[' or (byte)'<' or (byte)'"' or >= 0xFE ? false
        : IsField(bytes, from, to) ? true
        : null;

    /// <summary>Finds the first byte of a body that says something.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="end">How many there are.</param>
    /// <returns>Its place, behind a mark of the charset and white space.</returns>
    public static int FirstPlace(byte[] bytes, int end)
    {
        int place = bytes.AsSpan(0, end).StartsWith(Mark) ? Mark.Length : 0;
        while (place < end && bytes[place] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            place++;
        }

        return place;
    }

    /// <summary>Whether a line is a field of an event or a comment; fields of unknown names are of no importance.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">Where the line begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsField(byte[] bytes, int from, int to)
    {
        int end = from;
        while (end < to && bytes[end] != ':')
        {
            end++;
        }

        return end == from || (end - from) switch
        {
            2 => Is(bytes, from, end, IdField),
            4 => Is(bytes, from, end, DataField),
            5 => Is(bytes, from, end, EventField) || Is(bytes, from, end, RetryField) || (end < to && Is(bytes, from, end, ErrorField)),
            _ => false,
        };
    }

    /// <summary>Whether a line is an error in place of data.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">Where the line begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsErrorField(byte[] bytes, int from, int to) => to - from > ErrorField.Length && bytes[from + ErrorField.Length] == ':' && Is(bytes, from, from + ErrorField.Length, ErrorField);

    /// <summary>Whether a line that is cut off can be the beginning of a field.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">Where the line begins.</param>
    /// <param name="to">Where it is cut off.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsPartOfField(byte[] bytes, int from, int to)
    {
        ReadOnlySpan<byte> line = bytes.AsSpan(from, to - from);
        return DataField.StartsWith(line) || EventField.StartsWith(line) || RetryField.StartsWith(line) || IdField.StartsWith(line);
    }

    /// <summary>Whether bytes are a name.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">Where they begin.</param>
    /// <param name="to">Where they end.</param>
    /// <param name="name">The name.</param>
    /// <returns>Whether they are.</returns>
    public static bool Is(byte[] bytes, int from, int to, ReadOnlySpan<byte> name) => bytes.AsSpan(from, to - from).SequenceEqual(name);

    // A line end between two objects stands in no value of JSON: inside of one there is a comma.
    private static bool IsList(string text) => (text.StartsWith("[", StringComparison.Ordinal) && text.AsSpan(1).TrimStart() is ['{', ..])
        || (text.StartsWith("{", StringComparison.Ordinal) && (text.Contains("}\n{", StringComparison.Ordinal) || text.Contains("}\r\n{", StringComparison.Ordinal)));

    // What is cut off is left out: whether the answer is whole is for others to see.
    private static List<string> Values(string body)
    {
        List<string> values = [];
        byte[] json = Encoding.UTF8.GetBytes(body.TrimStart('\uFEFF'));
        int place = 0;
        try
        {
            while (true)
            {
                while (place < json.Length && (json[place] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)'[' or (byte)']'))
                {
                    place++;
                }

                if (place == json.Length)
                {
                    return values;
                }

                Utf8JsonReader reader = new(json.AsSpan(place));
                using JsonDocument value = JsonDocument.ParseValue(ref reader);
                values.Add(value.RootElement.GetRawText());
                place += (int)reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // The rest is no JSON.
            return values;
        }
    }
}
