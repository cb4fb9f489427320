namespace ChatPS.Client.Resources;

/// <summary>Makes objects of what a service tells of conversations.</summary>
internal static class ConversationMapper
{
    public static ChatConversation Conversation(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        Metadata = seen.Notes("metadata"),
        CreatedAt = seen.Time("created_at"),
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };

    public static ChatConversationItem Item(ResourceReader seen) => new()
    {
        Id = seen.Text("id") ?? seen.Place.Id,
        ConversationId = seen.Place.Parent,
        Type = seen.Text("type") ?? "",
        Role = seen.Text("role"),
        Status = seen.Text("status"),
        Text = seen.Pieces("content") is { Length: > 0 } text ? text : seen.Text("content") ?? seen.Text("output") ?? seen.Text("arguments") ?? "",
        Connection = seen.Connection,
        Input = seen.Place.Input,
        Raw = seen.Raw,
    };
}
