using System.Text;
using System.Text.Json;
using ChatPS.Api.Chat;
using ChatPS.Client.Chat;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>
/// What services of OpenAI's form want back with a message, beyond what OpenAI knows: reasoning under the name that it came
/// under, its signed details, and extra content such as the signatures of thoughts. It is kept in <see cref="ChatMessage.Raw"/>.
/// </summary>
internal static class SentBack
{
    /// <summary>The dialect that marks such messages, whoever speaks as OpenAI does.</summary>
    public const string Dialect = "OpenAI";

    public const string ExtraContent = "extra_content";

    private const string ReasoningDetails = "reasoning_details";
    private const string ReasoningContent = "reasoning_content";
    private const string Reasoning = "reasoning";
    private const string ToolCalls = "tool_calls";
    private const string Images = "images";

    /// <summary>Keeps with a message what is to go back with it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reasoningContent">The reasoning under its one name, where it came under that.</param>
    /// <param name="reasoning">The reasoning under its other name.</param>
    /// <param name="details">The details of the reasoning.</param>
    /// <param name="extra">The extra content of the message.</param>
    /// <param name="extras">That of each call.</param>
    /// <param name="images">Pictures beside the text. They do not go back, and stay with the message for whoever saves them.</param>
    public static void Keep(ChatMessage message, string? reasoningContent, string? reasoning, JsonElement? details, JsonElement? extra, IReadOnlyList<JsonElement?> extras, JsonElement? images = null)
    {
        // Reasoning belongs to a round of tools; a service that gives its details wants these. An empty text is a value of its own
        // only under the name by which services ask for it.
        string? text = message.ToolCalls.Count == 0 ? null : reasoningContent;
        string? other = message.ToolCalls.Count > 0 && details is null && string.IsNullOrEmpty(reasoningContent) && reasoning is { Length: > 0 } ? reasoning : null;
        bool hasExtras = extras.Any(item => item is not null);
        if (text is null && other is null && details is null && extra is null && images is null && !hasExtras)
        {
            return;
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            if (other is not null)
            {
                writer.WriteString(Reasoning, other);
            }
            else if (text is not null)
            {
                writer.WriteString(ReasoningContent, text);
            }

            Write(writer, ReasoningDetails, details);
            Write(writer, ExtraContent, extra);
            Write(writer, Images, images);
            if (hasExtras)
            {
                writer.WriteStartArray(ToolCalls);
                foreach (JsonElement? item in extras)
                {
                    writer.WriteStartObject();
                    Write(writer, ExtraContent, item);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        message.Raw = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        message.RawDialect = Dialect;
    }

    /// <summary>Keeps with a message what is to go back with those that it is put together from.</summary>
    /// <param name="message">The message, whose calls are theirs.</param>
    /// <param name="parts">The messages.</param>
    public static void Join(ChatMessage message, IEnumerable<ChatMessage> parts)
    {
        string? content = null;
        string? reasoning = null;
        JsonElement? details = null;
        JsonElement? extra = null;
        List<JsonElement?> extras = [];
        foreach (ChatMessage part in parts)
        {
            JsonElement kept = IsKept(part) && JsonMembers.TryParse(part.Raw!) is { } raw ? raw : default;
            content = kept.TextOf(ReasoningContent) ?? content;
            reasoning = kept.TextOf(Reasoning) ?? reasoning;
            details = kept.ArrayOf(ReasoningDetails) ?? details;
            extra = Merge(extra, kept.ObjectOf(ExtraContent));
            JsonElement[] calls = kept.ArrayOf(ToolCalls) is { } list ? [.. list.EnumerateArray()] : [];
            for (int i = 0; i < part.ToolCalls.Count; i++)
            {
                extras.Add(i < calls.Length ? calls[i].ObjectOf(ExtraContent) : null);
            }
        }

        Keep(message, content, reasoning, details, extra, extras);
    }

    /// <summary>Puts into a message that is sent what is kept with it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="wire">What is sent.</param>
    /// <exception cref="ChatServiceException">What is kept cannot be read.</exception>
    public static void Restore(ChatMessage message, ChatRequestMessage wire)
    {
        if (JsonMembers.TryParse(message.Raw!) is not { ValueKind: JsonValueKind.Object } kept)
        {
            throw Failures.Invalid("The member Raw of a message of the assistant is no JSON object.", "Set Raw to $null to send the message's text and calls.");
        }

        // Reasoning belongs to a round of tools. With an ordinary answer some services refuse it, and none needs it.
        if (message.ToolCalls.Count > 0)
        {
            wire.ReasoningContent = kept.TextOf(ReasoningContent);
            wire.Reasoning = kept.TextOf(Reasoning);
        }

        wire.ReasoningDetails = kept.ArrayOf(ReasoningDetails);
        wire.ExtraContent = kept.ObjectOf(ExtraContent);
        if (kept.ArrayOf(ToolCalls) is { } calls && wire.ToolCalls is { } sent && calls.GetArrayLength() == sent.Count)
        {
            int place = 0;
            foreach (JsonElement call in calls.EnumerateArray())
            {
                if (call.ObjectOf(ExtraContent) is { } extra)
                {
                    sent[place].AdditionalProperties = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ExtraContent] = extra };
                }

                place++;
            }
        }
    }

    /// <summary>Leaves out of a request what OpenAI itself refuses to take back: it may come from another service.</summary>
    /// <param name="request">The request.</param>
    /// <param name="service">Where it goes.</param>
    /// <returns>The request as it may be sent there.</returns>
    public static ChatRequest For(ChatRequest request, Uri service) =>
        (service.Host == "api.openai.com" || service.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase)) && (request.Messages.Any(IsKept) || request.Appendix.Any(IsKept))
            ? request with { Messages = [.. request.Messages.Select(Without)], Appendix = [.. request.Appendix.Select(Without)] }
            : request;

    /// <summary>Whether something is kept with a message that can go back.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether there is.</returns>
    public static bool IsKept(ChatMessage message) => message is { Role: "assistant", Raw: not null, RawDialect: Dialect };

    /// <summary>Finds the details of reasoning among the unknown members of a message.</summary>
    /// <param name="members">The members; null for none.</param>
    /// <returns>The list; null for none.</returns>
    public static JsonElement? Details(Dictionary<string, JsonElement>? members) =>
        members is not null && members.TryGetValue(ReasoningDetails, out JsonElement details) && details.ValueKind == JsonValueKind.Array && details.GetArrayLength() > 0 ? details : null;

    /// <summary>Finds the pictures among the unknown members of a message.</summary>
    /// <param name="members">The members; null for none.</param>
    /// <returns>The list; null for none.</returns>
    public static JsonElement? Pictures(Dictionary<string, JsonElement>? members) =>
        members is not null && members.TryGetValue(Images, out JsonElement images) && images.ValueKind == JsonValueKind.Array && images.GetArrayLength() > 0 ? images : null;

    /// <summary>Finds the extra content among the unknown members of a message or a call.</summary>
    /// <param name="members">The members; null for none.</param>
    /// <returns>The content; null for none.</returns>
    public static JsonElement? Extra(Dictionary<string, JsonElement>? members) =>
        members is not null && members.TryGetValue(ExtraContent, out JsonElement extra) && extra.ValueKind == JsonValueKind.Object ? extra : null;

    /// <summary>Puts pieces of extra content together: objects member by member, of anything else the last.</summary>
    /// <param name="before">What came before; null for nothing.</param>
    /// <param name="piece">The piece.</param>
    /// <returns>Both.</returns>
    public static JsonElement? Merge(JsonElement? before, JsonElement? piece)
    {
        if (piece is not { ValueKind: JsonValueKind.Object } || before is not { ValueKind: JsonValueKind.Object } known)
        {
            return piece is { ValueKind: not JsonValueKind.Null } ? piece : before;
        }

        Dictionary<string, object?> merged = new(StringComparer.Ordinal);
        foreach (JsonProperty member in known.EnumerateObject())
        {
            merged[member.Name] = member.Value;
        }

        foreach (JsonProperty member in piece.Value.EnumerateObject())
        {
            merged[member.Name] = Merge(merged.TryGetValue(member.Name, out object? value) ? (JsonElement?)value : null, member.Value);
        }

        return PlainJson.ToElement(merged, ExtraContent);
    }

    private static ChatMessage Without(ChatMessage message) => !IsKept(message) ? message : new ChatMessage
    {
        Role = message.Role,
        Content = message.Content,
        Name = message.Name,
        ToolCalls = message.ToolCalls,
        ToolCallId = message.ToolCallId,
        Refusal = message.Refusal,
        AudioId = message.AudioId,
    };

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } element)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }
    }
}
