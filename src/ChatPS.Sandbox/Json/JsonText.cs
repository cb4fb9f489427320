using System.Text.Json;

namespace ChatPS.Sandbox.Json;

/// <summary>Parses JSON more strictly than <see cref="JsonDocument"/> does.</summary>
internal static class JsonText
{
    /// <summary>Parses a text; an escaped half of a surrogate pair is an error here, and not only where the string is read.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text)
    {
        JsonDocument document = JsonDocument.Parse(text);
        if (text.Span.IndexOf("\\ud"u8) < 0 && text.Span.IndexOf("\\uD"u8) < 0)
        {
            return document;
        }

        try
        {
            Check(text.Span);
            return document;
        }
        catch (InvalidOperationException e)
        {
            document.Dispose();
            throw new JsonException("A string holds half of a surrogate pair.", e);
        }
    }

    private static void Check(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }
}
