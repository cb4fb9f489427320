using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Kept;

/// <summary>Conversations and their items. A response that names one adds to it; one that is not known begins.</summary>
internal sealed class Conversations
{
    /// <summary>The conversations.</summary>
    public KeptStore All { get; } = new("conv_sandbox_");

    /// <summary>Their items.</summary>
    public KeptStore Items { get; } = new("msg_sandbox_item_");

    /// <summary>What was said, the oldest first.</summary>
    public IReadOnlyList<JsonElement> Of(string conversation) => [.. Items.In(conversation).Select(item => Shape.ToElement(item.Shape))];

    /// <summary>Adds an item.</summary>
    /// <param name="conversation">The id of the conversation.</param>
    /// <param name="item">The item.</param>
    /// <returns>The item as it is kept.</returns>
    public KeptThing Add(string conversation, JsonElement item)
    {
        item = item.Clone();
        Dictionary<string, object?> shape = Shape.Of(item);
        if ((item.TextOf("type") ?? "message") == "message")
        {
            string role = item.TextOf("role") ?? "user";
            shape = shape.With(("type", "message"), ("role", role), ("status", item.TextOf("status") ?? "completed"));
            if (item.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String)
            {
                shape["content"] = role == "assistant"
                    ? new[] { Shape.Of(("type", "output_text"), ("text", content), ("annotations", Array.Empty<object>()), ("logprobs", Array.Empty<object>())) }
                    : (object)new[] { Shape.Of(("type", "input_text"), ("text", content)) };
            }
        }

        string id = item.TextOf("id") is { Length: > 0 } own && Items.Find(own, conversation) is null ? own : Items.NextId();
        return Items.Keep(new KeptThing(id, conversation, Shape.Of(("id", id)).With([.. shape.Where(member => member.Key != "id").Select(member => (member.Key, member.Value))])));
    }

    /// <summary>Adds what a response said, and what it answered.</summary>
    /// <param name="conversation">The id of the conversation.</param>
    /// <param name="items">All items, those that were there before among them.</param>
    /// <param name="now">The time.</param>
    public void Continue(string conversation, IReadOnlyList<JsonElement> items, DateTimeOffset now)
    {
        if (All.Find(conversation) is null)
        {
            All.Keep(new KeptThing(conversation, "", ToShape(conversation, now, new Dictionary<string, string>(StringComparer.Ordinal))));
        }

        foreach (JsonElement item in items.Skip(Items.In(conversation).Length))
        {
            Add(conversation, item);
        }
    }

    /// <summary>A conversation as it is told of.</summary>
    public static Dictionary<string, object?> ToShape(string id, DateTimeOffset created, object metadata) =>
        Shape.Of(("id", id), ("object", "conversation"), ("created_at", created.ToUnixTimeSeconds()), ("metadata", metadata));
}
