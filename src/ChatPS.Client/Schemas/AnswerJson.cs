using System.Text;
using System.Text.Json;
using ChatPS.Client.Json;

namespace ChatPS.Client.Schemas;

/// <summary>Finds the JSON in the answer of a model that was asked for nothing else, and said more all the same.</summary>
public static class AnswerJson
{
    private const string Fence = "```";
    private const string ThoughtsEnd = "</think>";

    /// <summary>
    /// What may be meant, likeliest first: the whole text, then each fenced block, then each object or array that stands in the
    /// text. What a model thought aloud before its answer is left out.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Texts that are JSON; none if there is none.</returns>
    public static IEnumerable<string> Candidates(string answer)
    {
        int thoughts = answer.LastIndexOf(ThoughtsEnd, StringComparison.OrdinalIgnoreCase);
        string text = (thoughts < 0 ? answer : answer.Substring(thoughts + ThoughtsEnd.Length)).Trim().TrimStart('\uFEFF');
        if (IsJson(text))
        {
            yield return text;
            yield break;
        }

        foreach (string block in Fenced(text).Where(IsJson))
        {
            yield return block;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int start = 0; start < bytes.Length; start++)
        {
            if (bytes[start] is (byte)'{' or (byte)'[' && LengthAt(bytes, start) is > 0 and int length)
            {
                string found = Encoding.UTF8.GetString(bytes, start, length);
                if (IsJson(found))
                {
                    yield return found;
                    start += length - 1;
                }
            }
        }
    }

    private static IEnumerable<string> Fenced(string text)
    {
        int open = text.IndexOf(Fence, StringComparison.Ordinal);
        while (open >= 0)
        {
            int start = text.IndexOf('\n', open);
            int close = start < 0 ? -1 : text.IndexOf(Fence, start, StringComparison.Ordinal);
            if (close < 0)
            {
                yield break;
            }

            yield return text.Substring(start, close - start).Trim();
            open = text.IndexOf(Fence, close + Fence.Length, StringComparison.Ordinal);
        }
    }

    private static bool IsJson(string text)
    {
        using JsonDocument? document = PlainJsonReader.Parse(text, out _);
        return document is not null;
    }

    // The reader stops at the first thing that is not JSON, so that a text full of braces costs little.
    private static int LengthAt(byte[] bytes, int start)
    {
        Utf8JsonReader reader = new(bytes.AsSpan(start), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    return (int)reader.BytesConsumed;
                }
            }
        }
        catch (JsonException)
        {
            return 0;
        }

        return 0;
    }
}
