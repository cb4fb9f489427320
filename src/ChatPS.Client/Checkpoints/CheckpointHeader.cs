using System.Text;
using System.Text.Json;
using ChatPS.Client.Json;

namespace ChatPS.Client.Checkpoints;

/// <summary>The line that says what the answers of a checkpoint were asked with.</summary>
internal sealed class CheckpointHeader
{
    /// <summary>The format of the file. Raised when older releases could not read what is written.</summary>
    public const int Format = 1;

    // Enough to know a text again, little enough for an error message.
    private const int LongestText = 40;
    private const int TextBeforeDifference = 10;

    private readonly string _command;

    // Each value as JSON in its one form.
    private readonly SortedDictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private CheckpointHeader(string command) => _command = command;

    public static CheckpointHeader Of(string command, IReadOnlyDictionary<string, object?> parameters)
    {
        CheckpointHeader header = new(command);
        foreach (KeyValuePair<string, object?> parameter in parameters)
        {
            if (PlainJson.ToElement(parameter.Value, "-" + parameter.Key) is { } value)
            {
                header.Add(parameter.Key, value);
            }
        }

        return header;
    }

    /// <summary>Makes one of parameters that a file keeps.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameters">An object with a member for each parameter; null for none.</param>
    /// <returns>The header.</returns>
    public static CheckpointHeader Of(string command, JsonElement? parameters)
    {
        CheckpointHeader header = new(command);
        if (parameters is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (JsonProperty parameter in members.EnumerateObject())
            {
                header.Add(parameter.Name, parameter.Value);
            }
        }

        return header;
    }

    /// <summary>Reads the line.</summary>
    /// <param name="line">An object whose first member is <c>chatps</c>.</param>
    /// <param name="format">Its format.</param>
    /// <returns>The header, or null where it is none that this release can read.</returns>
    public static CheckpointHeader? Read(JsonElement line, out int format)
    {
        if (!line.TryGetProperty("chatps", out JsonElement number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out format))
        {
            format = 0;
        }

        if (format != Format
            || !line.TryGetProperty("command", out JsonElement command) || command.ValueKind != JsonValueKind.String
            || !line.TryGetProperty("parameters", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        CheckpointHeader header = new(command.GetString()!);
        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            header.Add(parameter.Name, parameter.Value);
        }

        return header;
    }

    public byte[] ToLine()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, CheckpointLine.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("chatps", Format);
            writer.WriteString("command", _command);
            writer.WriteStartObject("parameters");
            foreach (KeyValuePair<string, string> parameter in _parameters)
            {
                writer.WritePropertyName(parameter.Key);
                using JsonDocument value = JsonDocument.Parse(parameter.Value);
                value.RootElement.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>What is not as it was.</summary>
    /// <param name="earlier">How it was.</param>
    /// <returns>A clause for each difference; none where both are equal.</returns>
    public IReadOnlyList<string> Differences(CheckpointHeader earlier)
    {
        List<string> differences = [];
        if (_command != earlier._command)
        {
            differences.Add($"the command was {earlier._command} and is now {_command}");
        }

        foreach (string name in _parameters.Keys.Union(earlier._parameters.Keys, StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal))
        {
            earlier._parameters.TryGetValue(name, out string? was);
            _parameters.TryGetValue(name, out string? now);
            if (was != now)
            {
                differences.Add($"-{name} was {Show(was, now)} and is now {Show(now, was)}");
            }
        }

        return differences;
    }

    private static string Show(string? value, string? other)
    {
        if (value is null)
        {
            return "not given";
        }

        string text = Text(value);
        if (text.Length > LongestText)
        {
            // Long texts often begin alike.
            int start = Math.Max(0, Math.Min(CommonStart(text, other is null ? "" : Text(other)) - TextBeforeDifference, text.Length - LongestText));
            start -= start > 0 && char.IsLowSurrogate(text[start]) ? 1 : 0;
            int end = Math.Min(text.Length, start + LongestText);
            end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            text = (start > 0 ? "…" : "") + text.Substring(start, end - start) + (end < text.Length ? "…" : "");
        }

        text = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return value.StartsWith('"') ? $"'{text}'" : text;
    }

    private static string Text(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : json;
    }

    private static int CommonStart(string one, string other)
    {
        int length = 0;
        while (length < one.Length && length < other.Length && one[length] == other[length])
        {
            length++;
        }

        return length;
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            _parameters[name] = Encoding.UTF8.GetString(CanonicalJson.Write(value));
        }
    }
}
