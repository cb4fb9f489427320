using System.Text;
using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Chat;

/// <summary>What the parts of an answer say, joined: text, and thoughts apart from it. Other parts remain in the raw JSON.</summary>
/// <param name="Text">The text.</param>
/// <param name="Thoughts">The thoughts; null where there are none.</param>
internal sealed record TextParts(string Text, string? Thoughts)
{
    // Vendors name the text of a thought after its part, or as any other; some put parts into the part.
    private static readonly string[] ThoughtMembers = ["text", "thinking", "reasoning", "content", "summary"];

    /// <summary>Reads parts.</summary>
    /// <param name="content">A list of parts, or one.</param>
    /// <returns>What they say.</returns>
    public static TextParts Read(JsonElement content)
    {
        var text = new StringBuilder();
        var thoughts = new StringBuilder();
        if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in content.EnumerateArray())
            {
                Append(text, thoughts, part);
            }
        }
        else
        {
            Append(text, thoughts, content);
        }

        return new TextParts(text.ToString(), thoughts.Length > 0 ? thoughts.ToString() : null);
    }

    /// <summary>Whether a type of parts holds what the model thought.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsThought(string? type) =>
        type is not null && (type.StartsWith("thinking", StringComparison.Ordinal) || type.StartsWith("reasoning", StringComparison.Ordinal) || type is "thought");

    private static void Append(StringBuilder text, StringBuilder thoughts, JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            text.Append(JsonText.Read(part));
        }
        else if (part.ValueKind == JsonValueKind.Object)
        {
            if (part.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String && IsThought(JsonText.Read(type)))
            {
                AppendThought(thoughts, part);
            }
            else if (part.TryGetProperty("text"u8, out var value) && value.ValueKind == JsonValueKind.String)
            {
                text.Append(JsonText.Read(value));
            }
        }
    }

    private static void AppendThought(StringBuilder thoughts, JsonElement part)
    {
        foreach (var name in ThoughtMembers)
        {
            if (!part.TryGetProperty(name, out var value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                thoughts.Append(JsonText.Read(value));
                return;
            }

            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var inner in value.EnumerateArray())
                {
                    if (inner.ValueKind == JsonValueKind.Object)
                    {
                        AppendThought(thoughts, inner);
                    }
                }

                return;
            }
        }
    }
}
