using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatPS.Client.Json;

namespace ChatPS.Client.Log;

/// <summary>The form of a log's entries: JSON, one line each.</summary>
internal static class AuditLine
{
    // It is read by people, and is no part of a web page. What would end a line is written as an escape all the same.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ChatLogEntry entry)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("time", entry.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
            writer.WriteString("user", entry.User);
            writer.WriteString("host", entry.Host);
            writer.WriteNumber("pid", entry.ProcessId);
            writer.WriteString("connection", entry.Connection);
            writer.WriteString("service", entry.Service);
            Text("endpoint", entry.Endpoint);
            Text("requestedModel", entry.RequestedModel);
            Text("model", entry.Model);
            Number("item", entry.Item);
            Number("itemCount", entry.ItemCount == 1 ? null : entry.ItemCount);
            Text("prompt", entry.Prompt);
            Text("promptHash", entry.PromptHash);
            Text("answer", entry.Answer);
            Text("answerHash", entry.AnswerHash);
            Number("inputTokens", entry.InputTokens);
            Number("cachedTokens", entry.CachedTokens);
            Number("outputTokens", entry.OutputTokens);
            Number("totalTokens", entry.TotalTokens);
            if (entry.Cost is { } cost)
            {
                writer.WriteNumber("cost", cost);
            }

            writer.WriteNumber("durationMs", Math.Round(entry.Duration.TotalMilliseconds, 3));
            writer.WriteNumber("attempts", entry.Attempts);
            Text("requestId", entry.RequestId);
            writer.WriteString("outcome", entry.Outcome);
            Text("errorId", entry.ErrorId);
            writer.WriteEndObject();

            void Text(string name, string? value)
            {
                if (value is not null)
                {
                    writer.WriteString(name, value);
                }
            }

            void Number(string name, int? value)
            {
                if (value is { } number)
                {
                    writer.WriteNumber(name, number);
                }
            }
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The entry; null where it is none.</returns>
    public static ChatLogEntry? Read(string line)
    {
        using JsonDocument? document = PlainJsonReader.Parse(line, out _);
        if (document is null || document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !DateTimeOffset.TryParse(root.TextOf("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
        {
            return null;
        }

        return new ChatLogEntry
        {
            Time = time,
            User = root.TextOf("user") ?? "",
            Host = root.TextOf("host") ?? "",
            ProcessId = Number("pid") ?? 0,
            Connection = root.TextOf("connection") ?? "",
            Service = root.TextOf("service") ?? "",
            Endpoint = root.TextOf("endpoint"),
            RequestedModel = root.TextOf("requestedModel"),
            Model = root.TextOf("model"),
            Item = Number("item"),
            ItemCount = Number("itemCount") ?? 1,
            Prompt = root.TextOf("prompt"),
            PromptHash = root.TextOf("promptHash"),
            Answer = root.TextOf("answer"),
            AnswerHash = root.TextOf("answerHash"),
            InputTokens = Number("inputTokens"),
            CachedTokens = Number("cachedTokens"),
            OutputTokens = Number("outputTokens"),
            TotalTokens = Number("totalTokens"),
            Cost = Member("cost") is { } cost && cost.TryGetDecimal(out decimal amount) ? amount : null,
            Duration = Member("durationMs") is { } duration && duration.TryGetDouble(out double milliseconds) && milliseconds is >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.Zero,
            Attempts = Number("attempts") ?? 0,
            RequestId = root.TextOf("requestId"),
            Outcome = root.TextOf("outcome") ?? "",
            ErrorId = root.TextOf("errorId"),
        };

        JsonElement? Member(string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value : null;

        int? Number(string name) => Member(name) is { } value && value.TryGetInt32(out int number) ? number : null;
    }

    /// <summary>Hashes a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its SHA-256 in UTF-8, as hexadecimal.</returns>
    public static string Hash(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#endif
        StringBuilder digits = new(hash.Length * 2);
        foreach (byte value in hash)
        {
            digits.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return digits.ToString();
    }
}
